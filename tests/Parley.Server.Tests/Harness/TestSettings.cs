namespace Parley.Server.Tests.Harness;

/// <summary>Settings tests need, under the names the server gives them.</summary>
internal static class TestSettings
{
    /// <summary>Everything in a test comes from one address, faster than any customer.</summary>
    public static readonly string[] WithoutRateLimits = [];
}
