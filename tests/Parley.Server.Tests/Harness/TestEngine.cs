using Parley.Tests.Shared;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// Where the servers of this run keep their log: SQLite, or with <c>PARLEY_TEST_ENGINE=postgres</c> in the environment a
/// PostgreSQL database for each.
/// </summary>
internal static class TestEngine
{
    public static bool IsPostgres => Environment.GetEnvironmentVariable("PARLEY_TEST_ENGINE") == "postgres";

    public static async Task<string[]> Settings() =>
        IsPostgres
            // a busy machine must not look like a node that died
            ?
            [
                "--postgres", await (await PostgresCluster.SharedAsync()).NewDatabaseAsync(), "--Parley:Node:ClaimMs=60000",
                "--Parley:Node:SightingsMs=100",
            ]
            : [];
}
