using Parley.Server.Tests.Harness;
using Parley.Tests.Shared;

namespace Parley.Server.Tests.Nodes;

/// <summary>Two nodes of one contact centre, on one database.</summary>
internal sealed record NodePair(RunningServer One, RunningServer Two) : IAsyncDisposable
{
    public static async Task<NodePair> Start(params string[] settings)
    {
        var database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        string[] common = ["--postgres", database, "--Parley:Node:ClaimMs=1000", .. settings];
        return new NodePair(
            await RunningServer.Start(null, [.. common, "--Parley:Node:Name=one"]),
            await RunningServer.Start(null, [.. common, "--Parley:Node:Name=two"]));
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Two.DisposeAsync();
    }
}
