using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Agents;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Nodes;
using Parley.Server.Notifications;
using Parley.Server.Operation.Health;
using Parley.Server.Operation.Metrics;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Tests.Operation;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>
/// One node of a server without its wire: both hosts, what follows the log's tail, the upkeep, and routing if it has a board.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Claim claim;
    private readonly Meters meters = new();
    private readonly StoreHealth stores;
    private readonly Deadlines deadlines;
    private readonly Upkeep upkeep;
    private readonly Router? router;
    private readonly ToldCommits told = new();
    private readonly LogFollower follower;

    /// <param name="board">Where it claims routing and timers; null for a node that keeps the timers and does not route.</param>
    public Node(ContactCenter center, IEventLog log, TimeProvider time, INodeBoard? board = null)
    {
        ChatFolds = new(log, StreamKind.Chat);
        AgentFolds = new(log, StreamKind.Agent);
        var (health, measures) = (new HealthOptions(), new Measures(meters));
        var underWay = new CommandsUnderWay(time, health, measures);
        stores = new(log, time, health, NullLogger<StoreHealth>.Instance);
        var commands = new CommandLog(log, time, underWay, stores);
        var capacity = new Capacity(center);
        var lines = new Lines(center, AgentFolds, capacity);
        Chats = new(
            ChatFolds, AgentFolds, commands, capacity, lines,
            new ContactBook(new(log, StreamKind.Contact), new(log, StreamKind.ContactKey), commands), center, measures);
        Agents = new(AgentFolds, commands, measures);
        Desk = new(Agents, ChatFolds, Chats);
        // a busy machine must not look like a node that died
        var patient = new NodeOptions { ClaimMs = 60_000 };
        claim = new Claim(board ?? new LoneNode(), patient, new TailHealth(), stores, NullLogger<Claim>.Instance);
        deadlines = new(time, claim, NullLogger<Deadlines>.Instance);
        upkeep = new(
            ChatFolds, Chats, Agents, commands, deadlines, claim, time, new RoutingOptions(), NullLogger<Upkeep>.Instance);
        if (board is not null)
            router = new(
                ChatFolds, AgentFolds, Chats, capacity, lines, deadlines, claim, time, new RoutingOptions(),
                NullLogger<Router>.Instance);
        IHearsCommits[] hearers = router is null ? [upkeep, told] : [upkeep, router, told];
        follower = new(
            log, ChatFolds, AgentFolds, hearers, new Freshness(log, new NodeOptions(), stores), new NotificationOptions(),
            new TailHealth(), underWay, time, NullLogger<LogFollower>.Instance);
    }

    public ChatHost Chats { get; }

    public AgentHost Agents { get; }

    /// <summary>What <c>GET /me/chats</c> is written from.</summary>
    public AgentDesk Desk { get; }

    public Folds<Chat, ChatEvent> ChatFolds { get; }

    public Folds<Agent, AgentEvent> AgentFolds { get; }

    /// <summary>What it has been told of chats, in order.</summary>
    public IReadOnlyCollection<ChatCommit> Told => told.Commits;

    public async Task Start()
    {
        await claim.StartAsync(CancellationToken.None);
        await follower.StartAsync(CancellationToken.None);
        await upkeep.StartAsync(CancellationToken.None);
        if (router is not null) await router.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (router is not null) await router.StopAsync(CancellationToken.None);
        await upkeep.StopAsync(CancellationToken.None);
        await follower.StopAsync(CancellationToken.None);
        await claim.StopAsync(CancellationToken.None);
        router?.Dispose();
        upkeep.Dispose();
        follower.Dispose();
        deadlines.Dispose();
        claim.Dispose();
        stores.Dispose();
        meters.Dispose();
    }

    private sealed class ToldCommits : IHearsCommits
    {
        public ConcurrentQueue<ChatCommit> Commits { get; } = [];

        public void Hear(ChatCommit commit) => Commits.Enqueue(commit);
    }
}
