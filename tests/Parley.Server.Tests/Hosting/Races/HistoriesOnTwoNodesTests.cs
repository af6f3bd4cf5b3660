using System.Globalization;
using Parley.Chats;
using Parley.Log;
using Parley.Log.Postgres;
using Parley.Queues;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;
using Parley.Tests.Shared;
using Parley.Testing;
using Parley.Testing.Histories;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>
/// What holds in every history holds when two nodes of one database decide at once, routing included: after every command in the
/// log, and at both nodes whenever nothing is under way. <c>PARLEY_SEED</c> and <c>PARLEY_CASES</c> choose other histories.
/// </summary>
public sealed class HistoriesOnTwoNodesTests(ITestOutputHelper output)
{
    private const int Rounds = 30;
    private const int MostAtOnce = 8;

    private static readonly RoutingOptions Routes = new();

    [Fact]
    public Task Whatever_happens_on_two_nodes_is_legal_after_every_command() => Play(log => log.Board);

    [Fact]
    public Task It_is_when_both_nodes_believe_that_they_alone_route_and_keep_the_timers() => Play(_ => new LoneNode());

    private async Task Play(Func<PostgresEventLog, INodeBoard> boardOf)
    {
        var first = Setting("PARLEY_SEED") ?? Environment.TickCount;
        for (var seed = first; seed < first + (Setting("PARLEY_CASES") ?? 2); seed++) await Play(seed, boardOf);
    }

    private async Task Play(int seed, Func<PostgresEventLog, INodeBoard> boardOf)
    {
        output.WriteLine($"PARLEY_SEED={seed}");
        var random = new Random(seed);
        var clock = new ManualTime();
        var database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        var options = new PostgresLogOptions { ConnectionString = database };
        await using var one = await PostgresEventLog.OpenAsync(options);
        await using var two = await PostgresEventLog.OpenAsync(options);
        await using var arena = await Arena.Open(clock, one, boardOf(one), two, boardOf(two));
        var doings = new RandomDoings(arena.Nodes, random, () => arena.Until);
        var chronicle = new Chronicle(one);
        var readers = arena.Nodes.Select(_ => new Readers()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            var rush = Enumerable.Range(0, random.Next(1, MostAtOnce + 1)).Select(_ => doings.Next()).ToArray();
            output.WriteLine(string.Join(", ", rush.Select(c => c.Name)));
            var refusals = await Task.WhenAll(rush.Select(command =>
            {
                var node = arena.Nodes[random.Next(arena.Nodes.Length)];
                return Task.Run(() => command.Run(arena, node));
            }));
            Assert.DoesNotContain(refusals, refusal => refusal is { Reason: Reason.Unavailable });

            if (random.Next(3) == 0) clock.Advance(TimeSpan.FromSeconds(random.Next(1, 40)));
            await Eventually.NoComplaint(() =>
            {
                // what fell due while a node was yet to hear of it is due now
                clock.Advance(TimeSpan.FromMilliseconds(1));
                return Complaint(arena, chronicle, clock);
            });
            for (var i = 0; i < readers.Length; i++) readers[i].Check(arena.Nodes[i], chronicle);
        }
        output.WriteLine($"{chronicle.Told.Count} commands on {chronicle.Chats.Count} chats");
        Assert.True(chronicle.Told.Count > Rounds, "too little happened");
    }

    /// <summary>What is not as it must be once nothing is under way; what must never be fails at once.</summary>
    private static async Task<string?> Complaint(Arena arena, Chronicle chronicle, ManualTime clock)
    {
        await chronicle.ReadOn();
        var (chats, agents, now) = (chronicle.Chats, chronicle.Agents, clock.GetUtcNow());
        foreach (var (id, agent) in agents)
            if (Legality.Complaint(id, agent, chats) is { } wrong) return $"agent {id}: {wrong}";
        if (chats.SelectMany(c => c.Attached).Any(p => p.IsInvited && p.OfferedUntil <= now)) return "an offer is overdue";
        var live = chats.Where(c => !c.HasEnded).ToArray();
        if (Routable(arena, live, agents, now) is { } routable) return $"{routable.Chat.Id} waits and {routable.Agent} is free";
        foreach (var node in arena.Nodes)
        {
            var told = node.Told.Select(c => c.Position);
            if (!told.SequenceEqual(chronicle.Told.Select(c => c.Position))) return "a node was not told all";
            if (Legality.Complaint(node, live, agents) is { } wrong) return $"node {arena.Nodes.IndexOf(node)}: {wrong}";
        }
        return null;
    }

    private static Pairing? Routable(
        Arena arena, Chat[] live, IReadOnlyCollection<(AgentId Id, Parley.Agents.Agent Agent)> agents, DateTimeOffset now)
    {
        var capacity = new Capacity(Arena.Center);
        var lines = new Lines(Arena.Center, arena.Nodes[0].AgentFolds, capacity);
        var waiting = live.Where(c => c.Place == Place.Waiting).OrderBy(c => c.ReceivedAt);
        var candidates = agents.Select(a => new Candidate(a.Agent, capacity.Of(a.Id)));
        var pairs = Routing.Pair(waiting, candidates, lines.Serving, now, Routes.PauseAfterDecline);
        return pairs.Select(p => (Pairing?)p).FirstOrDefault();
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Everybody's desktop, told by one node and never asking.</summary>
    private sealed class Readers
    {
        private readonly Dictionary<AgentId, Desktop> desktops = Arena.Staff.ToDictionary(a => a, a => new Desktop(a));
        private int heard;

        /// <summary>Hears what the node was told since, which makes for the same picture as the log.</summary>
        public void Check(Node node, Chronicle chronicle)
        {
            foreach (var commit in node.Told.Skip(heard))
            {
                heard++;
                foreach (var (agent, desktop) in desktops) desktop.Hear(commit.NewsFor(agent));
            }
            foreach (var desktop in desktops.Values) desktop.AssertEqualsRefetch(chronicle.Chats);
        }
    }
}
