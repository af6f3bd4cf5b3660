using Parley.Tests.Shared;

namespace Parley.Bench;

/// <summary>The servers of a run: one on SQLite, or some on a PostgreSQL server of their own.</summary>
internal sealed class ServerNodes : IAsyncDisposable
{
    private readonly PostgresCluster? database;
    private readonly List<ServerProcess> nodes = [];

    private ServerNodes(PostgresCluster? database) => this.database = database;

    public IEnumerable<Uri> Urls => nodes.Select(n => n.Url);

    /// <summary>Starts them and waits until they answer.</summary>
    /// <param name="count">How many nodes on PostgreSQL; 0 for one server on SQLite.</param>
    /// <exception cref="IOException">There is no server to start, or it does not start.</exception>
    public static async Task<ServerNodes> StartAsync(
        string? builtDll, BenchCenter center, int count, string[] settings, CancellationToken cancel)
    {
        var started = new ServerNodes(count == 0 ? null : await PostgresCluster.StartAsync());
        try
        {
            string[] shared = started.database is { } database ? ["--postgres", await database.NewDatabaseAsync()] : [];
            for (var n = 0; n < Math.Max(1, count); n++)
                started.nodes.Add(await ServerProcess.StartAsync(builtDll, center, [.. settings, .. shared], cancel));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>The meter of all of them; PostgreSQL is not in it.</summary>
    public ServerCost Cost() => ServerCost.OfAll(nodes.Select(n => n.Pid));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) node.Dispose();
        if (database is not null) await database.DisposeAsync();
    }
}
