namespace Parley.Server.Tests.Documents;

/// <summary>
/// Names the operations and notifications that a test is about, as <c>docs/api-coverage.md</c> spells them: <c>Leave</c>,
/// <c>ChatStateChangeMessage StatusChange</c>. Scenarios need none: they quote the operation in their first line, and hear the
/// notification.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class CoversAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names => names;
}
