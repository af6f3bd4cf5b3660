namespace Parley.Server.Tests.Harness;

/// <summary>Settings every test server needs, under the names the server gives them.</summary>
internal static class TestSettings
{
    /// <summary>Everything in a test comes from one address, faster than any customer.</summary>
    public static readonly string[] WithoutRateLimits =
    [
        "--Parley:Customers:CreatesPerMinute=0",
        "--Parley:Customers:RequestsPerMinute=0",
        "--Parley:Customers:WrongKeysPerMinute=0",
        "--Parley:Customers:FilesAheadOfKeyPerMinute=0",
        "--Parley:Accounts:MaxFailedAttempts=10000",
    ];
}
