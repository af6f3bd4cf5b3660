using Parley.Server.Tests.Harness;
using Parley.Testing;
using Parley.Tests.Shared;

namespace Parley.Server.Tests.Nodes;

/// <summary>Two nodes of one contact centre, on one database.</summary>
internal sealed record NodePair(RunningServer One, RunningServer Two) : IAsyncDisposable
{
    public static Task<NodePair> Start(params string[] settings) => Start(null, ["--Parley:Node:ClaimMs=1000", .. settings]);

    /// <summary>
    /// Both go by the same clock, but for what they tell each other; then a busy machine must not look like a node that died.
    /// </summary>
    public static Task<NodePair> StartWith(ManualTime clock, params string[] settings) =>
        Start(clock, ["--Parley:Node:ClaimMs=60000", .. settings]);

    private static async Task<NodePair> Start(ManualTime? clock, string[] settings)
    {
        var database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        string[] common = ["--postgres", database, .. settings];
        return new NodePair(
            await RunningServer.Start(clock, [.. common, "--Parley:Node:Name=one"]),
            await RunningServer.Start(clock, [.. common, "--Parley:Node:Name=two"]));
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }
}
