using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>Two nodes on one log, three agents and two supervisors at work, and chats prepared for a race.</summary>
internal sealed class Arena : IAsyncDisposable
{
    public static readonly ContactCenter Center =
        ContactCenterReader.Read(ContactCenterReader.Resource(Demo.Resource), int.MaxValue).Center!;

    public static readonly AgentId Ana = IdOf("agent1");
    public static readonly AgentId Ben = IdOf("agent2");
    public static readonly AgentId Cyd = IdOf("agent3");
    public static readonly AgentId Cleo = IdOf("supervisor1");
    public static readonly AgentId Sam = IdOf("supervisor2");
    public static readonly ImmutableArray<AgentId> Staff = [Ana, Ben, Cyd, Cleo, Sam];
    public static readonly ChatId TheChat = new("first");
    public static readonly ChatId Other = new("second");

    private static readonly Line Support = new QueueName("Support");

    private readonly ManualTime clock;

    private Arena(ManualTime clock, HeldLog held, IEventLog stored, params ImmutableArray<Node> nodes) =>
        (this.clock, Log, Stored, Nodes) = (clock, held, stored, nodes);

    /// <summary>The log that both nodes share, where the test says in which order it takes what comes.</summary>
    public HeldLog Log { get; }

    /// <summary>The log as the first node sees it.</summary>
    public IEventLog Stored { get; }

    public ImmutableArray<Node> Nodes { get; }

    /// <summary>When an offer that is made now runs out.</summary>
    public DateTimeOffset Until => clock.GetUtcNow().AddSeconds(30);

    public static Task<Arena> Open(Preparation preparation)
    {
        var (log, clock) = (new HeldLog(), new ManualTime());
        return Open(new Arena(clock, log, log, new Node(Center, log, clock), new Node(Center, log, clock)), preparation);
    }

    /// <summary>The same on the log of a database, as each of two nodes has opened it.</summary>
    public static Task<Arena> Open(IEventLog one, IEventLog two, Preparation preparation)
    {
        var clock = new ManualTime();
        return Open(
            new Arena(clock, new HeldLog(), one, new Node(Center, one, clock), new Node(Center, two, clock)), preparation);
    }

    /// <summary>The same without a chat, on two nodes that route, each by what its board tells it.</summary>
    public static Task<Arena> Open(
        ManualTime clock, IEventLog one, INodeBoard boardOfOne, IEventLog two, INodeBoard boardOfTwo) =>
        Open(new Arena(
            clock, new HeldLog(), one, new Node(Center, one, clock, boardOfOne), new Node(Center, two, clock, boardOfTwo)));

    private static async Task<Arena> Open(Arena arena, Preparation? preparation = null)
    {
        foreach (var node in arena.Nodes) await node.Start();
        foreach (var agent in Staff) await arena.SignIn(agent);
        if (preparation is not { } prepared) return arena;
        await arena.Prepare(prepared);
        await arena.Settle();
        return arena;
    }

    /// <summary>Waits until everything is legal, and both nodes know what is in the log.</summary>
    public async Task Settle()
    {
        for (var i = 0; i < 300 && await Legality.Complaint(this) is not null; i++) await Task.Yield();
        await Eventually.NoComplaint(() => Legality.Complaint(this));
    }

    /// <summary>An operation that must be accepted.</summary>
    public async Task Do(ChatOperation operation, ChatId? chat = null)
    {
        var by = operation is AgentOperation { Agent: var agent } ? new Asked(agent) : default;
        Assert.Null((await Nodes[0].Chats.Execute(chat ?? TheChat, operation, by)).Refused);
    }

    public async Task Do(AgentId agent, AgentSessionOperation operation) =>
        Assert.Null(await Nodes[0].Agents.Execute(agent, operation));

    public Task Ask(ChatId chat) => Do(
        new RequestChat(chat, "customer-support", Support.Queue, "Ada", "", "", UserDataRules.Empty), chat);

    public Task Offer(ChatId chat, AgentId agent) => Do(new Offer(agent, Support, Until), chat);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await node.DisposeAsync();
    }

    private Task SignIn(AgentId agent) =>
        Do(agent, new StartContactCenterSession(agent, [(MediaChannel.Chat, Presence.Ready)]));

    private async Task Prepare(Preparation preparation)
    {
        await Ask(TheChat);
        if (preparation == Preparation.Waiting) return;
        if (preparation == Preparation.Followed)
        {
            await Do(Cleo, new Supervise(Ana, ChatRole.Monitor, MonitoringExtent.NextChat, "Cleo"));
            await Ask(Other);
            await Offer(Other, Ana);
        }
        await Offer(TheChat, Ana);
        if (preparation is Preparation.Offered or Preparation.Followed) return;
        await Do(new Accept(Ana, "Ana"));
        if (preparation == Preparation.AfterChat) await Do(new Leave(Ana));
        if (preparation is Preparation.Asked) await Do(new Invite(Ana, new TransferTarget.User(Ben), Until));
        if (preparation is Preparation.Conference or Preparation.Full or Preparation.TwoInAfterChat)
        {
            await Do(new Invite(Ana, new TransferTarget.User(Ben), Until));
            await Do(new Accept(Ben, "Ben"));
        }
        if (preparation == Preparation.TwoInAfterChat) await Do(new CustomerLeave(QuitReason.Left));
        if (preparation != Preparation.Full) return;
        await Do(new Consult(Ana, new TransferTarget.User(Cyd), Until));
        await Do(new Accept(Cyd, "Cyd"));
        await Do(new Intrude(Cleo, Ana, ChatRole.Coach, Until));
        await Do(new Accept(Cleo, "Cleo"));
        await Do(new Intrude(Sam, Ana, ChatRole.Monitor, Until));
        await Do(new Accept(Sam, "Sam"));
    }

    private static AgentId IdOf(string userName) => Center.Users.ByName(userName)!.Id;
}

/// <summary>How far the chat has come before a race.</summary>
public enum Preparation
{
    Waiting,

    /// <summary>Offered to Ana.</summary>
    Offered,

    /// <summary>Two chats are offered to Ana, whose next chat Cleo wants to monitor.</summary>
    Followed,

    /// <summary>Ana talks with the customer.</summary>
    Talking,

    /// <summary>Ana has asked Ben in.</summary>
    Asked,

    /// <summary>Ana and Ben talk with the customer.</summary>
    Conference,

    /// <summary>Ana owns it, Ben is a guest, Cyd advises, Cleo coaches, Sam monitors.</summary>
    Full,

    /// <summary>Ana has after-chat work.</summary>
    AfterChat,

    /// <summary>Ana and Ben have.</summary>
    TwoInAfterChat,
}
