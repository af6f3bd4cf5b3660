namespace Parley.Server.Tests.Quirks;

/// <summary>
/// Names the row of <c>docs/quirks.md</c> that a test holds: where published pages disagree, and what Parley does.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class QuirkAttribute(int number) : Attribute
{
    public string Number => $"{number}";
}

/// <summary>
/// Names the row of <c>docs/quirks.md</c> that a test holds: what known clients need of a server, such as <c>A3</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class ConstraintAttribute(string number) : Attribute
{
    public string Number => number;
}
