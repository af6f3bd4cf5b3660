namespace Parley.Bayeux.Tests.Areas;

/// <summary>Names the area of a test suite that a test replays, in the words of <see cref="AreaTable"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public sealed class AreaAttribute(string suite, string area) : Attribute
{
    /// <summary>Whose suite it is: <c>CometD HTTP</c>, <c>Faye</c> …</summary>
    public string Suite => suite;

    /// <summary>What that suite calls it.</summary>
    public string Area => area;
}
