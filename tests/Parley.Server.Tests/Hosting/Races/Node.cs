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
/// One node of a server without its wire and without routing: both hosts, what follows the log's tail, and the upkeep.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Claim alone;
    private readonly Meters meters = new();
    private readonly StoreHealth stores;
    private readonly Deadlines deadlines;
    private readonly Upkeep upkeep;
    private readonly LogFollower follower;

    public Node(ContactCenter center, IEventLog log, TimeProvider time)
    {
        ChatFolds = new(log, StreamKind.Chat);
        AgentFolds = new(log, StreamKind.Agent);
        var (health, measures) = (new HealthOptions(), new Measures(meters));
        var underWay = new CommandsUnderWay(time, health, measures);
        stores = new(log, time, health, NullLogger<StoreHealth>.Instance);
        var commands = new CommandLog(log, time, underWay, stores);
        var capacity = new Capacity(center);
        Chats = new(
            ChatFolds, AgentFolds, commands, capacity, new Lines(center, AgentFolds, capacity),
            new ContactBook(new(log, StreamKind.Contact), new(log, StreamKind.ContactKey), commands), center, measures);
        Agents = new(AgentFolds, commands, measures);
        Desk = new(Agents, ChatFolds, Chats);
        alone = new Claim(new LoneNode(), new NodeOptions(), new TailHealth(), NullLogger<Claim>.Instance);
        deadlines = new(time, alone, NullLogger<Deadlines>.Instance);
        upkeep = new(
            ChatFolds, Chats, Agents, commands, deadlines, alone, time, new RoutingOptions(), NullLogger<Upkeep>.Instance);
        follower = new(
            log, ChatFolds, AgentFolds, [upkeep], new Freshness(log, new NodeOptions()), new NotificationOptions(),
            new TailHealth(), underWay, time, NullLogger<LogFollower>.Instance);
    }

    public ChatHost Chats { get; }

    public AgentHost Agents { get; }

    /// <summary>What <c>GET /me/chats</c> is written from.</summary>
    public AgentDesk Desk { get; }

    public Folds<Chat, ChatEvent> ChatFolds { get; }

    public Folds<Agent, AgentEvent> AgentFolds { get; }

    public async Task Start()
    {
        await alone.StartAsync(CancellationToken.None);
        await follower.StartAsync(CancellationToken.None);
        await upkeep.StartAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await upkeep.StopAsync(CancellationToken.None);
        await follower.StopAsync(CancellationToken.None);
        upkeep.Dispose();
        follower.Dispose();
        deadlines.Dispose();
        alone.Dispose();
        stores.Dispose();
        meters.Dispose();
    }
}
