using Parley.LossChecker.Clusters;

namespace Parley.LossChecker.Faults;

/// <summary>The ways in which a cluster breaks. Each lane breaks one thing at a time; lanes know nothing of each other.</summary>
/// <param name="only">Words of the kinds that are wanted, which all have in common; empty for every kind.</param>
internal sealed class FaultKinds(Cluster cluster, string only = "")
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(40);

    /// <summary>Nodes asked to stop that had to be killed.</summary>
    public int HadToBeKilled { get; private set; }

    /// <summary>What befalls nodes and those who speak to them, and what befalls the database, if there is one.</summary>
    public IReadOnlyList<IReadOnlyList<Func<Random, Fault>>> Lanes => [.. AllLanes.Select(Wanted).Where(lane => lane.Count > 0)];

    private IReadOnlyList<IReadOnlyList<Func<Random, Fault>>> AllLanes =>
        cluster.Database is { } database ? [OfNodes(), OfDatabase(database)] : [OfNodes()];

    // a fault that is only drawn breaks nothing
    private IReadOnlyList<Func<Random, Fault>> Wanted(IReadOnlyList<Func<Random, Fault>> lane) =>
        [.. lane.Where(draw => draw(new Random(0)).Kind.Contains(only, StringComparison.OrdinalIgnoreCase))];

    private IReadOnlyList<Func<Random, Fault>> OfNodes() =>
    [
        random => OnNode(random, "node killed (kill -9)", node => node.KillAsync(), (node, cancel) => node.StartAsync(cancel)),
        random => OnNode(random, "node asked to stop (SIGTERM)", StopAsync, (node, cancel) => node.StartAsync(cancel)),
        random => OnNode(random, "node frozen (SIGSTOP)", node => Done(node.Freeze), (node, _) => Done(node.Thaw)),
        random => Cut("load balancer to node", Some(random, cluster.ToNodes)),
        random => Silent(random, "load balancer to node", Some(random, cluster.ToNodes)),
        random => Slow(random, "load balancer to node", Some(random, cluster.ToNodes)),
        _ => Cut("clients to load balancer", ("all", cluster.Clients)),
        random => Silent(random, "clients to load balancer", ("all", cluster.Clients)),
    ];

    private IReadOnlyList<Func<Random, Fault>> OfDatabase(Postgres database) =>
    [
        _ => new("PostgreSQL killed (kill -9)", "postmaster", database.KillAsync, database.StartAsync),
        _ => new("PostgreSQL stopped at once (immediate mode)", "postmaster", database.StopImmediatelyAsync, database.StartAsync),
        random => Cut("node to database", Some(random, cluster.ToDatabase)),
        random => Silent(random, "node to database", Some(random, cluster.ToDatabase)),
        random => Silent(random, "node to database", Some(random, cluster.ToDatabase)),
        random => Slow(random, "node to database", Some(random, cluster.ToDatabase)),
    ];

    private Fault OnNode(Random random, string kind, Func<Node, Task> breaking, Func<Node, CancellationToken, Task> repair)
    {
        var node = cluster.Nodes[random.Next(cluster.Nodes.Count)];
        return new(kind, node.Name, () => breaking(node), cancel => repair(node, cancel));
    }

    private async Task StopAsync(Node node)
    {
        if (await node.StopAsync(StopPatience)) return;
        HadToBeKilled++;
        await node.KillAsync();
    }

    private static Fault Cut(string where, (string Name, Link Link) target) => new(
        $"connections cut, {where}", target.Name,
        () => Done(() =>
        {
            target.Link.Refuses = true;
            target.Link.Cut();
        }),
        _ => Done(target.Link.Repair));

    /// <summary>One direction or both; what is carried waits or is lost.</summary>
    private static Fault Silent(Random random, string where, (string Name, Link Link) target)
    {
        var ways = random.Next(3);
        var flow = random.Next(2) == 0 ? Flow.Held : Flow.Lost;
        var way = ways switch { 0 => "there", 1 => "back", _ => "both ways" };
        return new(
            $"silence, {where}, {way}", $"{target.Name}, {flow}",
            () => Done(() =>
            {
                if (ways is 0 or 2) target.Link.Up.Become(flow);
                if (ways is 1 or 2) target.Link.Down.Become(flow);
            }),
            _ => Done(target.Link.Repair));
    }

    private static Fault Slow(Random random, string where, (string Name, Link Link) target)
    {
        var delay = TimeSpan.FromMilliseconds(random.Next(20, 300));
        return new(
            $"slow, {where}", $"{target.Name}, {delay.TotalMilliseconds:0} ms",
            () => Done(() => target.Link.Up.Delay = target.Link.Down.Delay = delay),
            _ => Done(target.Link.Repair));
    }

    private (string Name, Link Link) Some(Random random, IReadOnlyList<Link> links)
    {
        var number = random.Next(links.Count);
        return (cluster.Nodes[number].Name, links[number]);
    }

    private static Task Done(Action act)
    {
        act();
        return Task.CompletedTask;
    }
}
