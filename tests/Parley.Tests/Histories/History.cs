using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;

namespace Parley.Tests.Histories;

/// <summary>Random things that happen in a small contact centre; a seed repeats them.</summary>
internal sealed class History(int seed)
{
    private readonly Random random = new(seed);
    private int chats;
    private int references;

    public SmallCenter Center { get; } = new(agents: 3);

    /// <summary>What happened, for whoever has to understand a failure.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>One more thing happens.</summary>
    public void Step()
    {
        switch (random.Next(14))
        {
            case 0: Request(); break;
            case 1: Say("offers", Center.Route); break;
            case 2: Work(); break;
            case 3: Pass(); break;
            case 4 or 5 or 6: CustomerActs(); break;
            default: AgentActs(); break;
        }
        if (random.Next(3) == 0) Center.Route();
    }

    private void Request()
    {
        if (chats == 12) return;
        var id = new ChatId($"chat{++chats:00}");
        var queue = random.Next(4) == 0 ? SmallCenter.Billing : SmallCenter.Support;
        Do(id, new RequestChat(
            id, "service", queue, $"Customer {chats}", "", "", UserDataRules.Empty, random.Next(2) == 0 ? "Hello" : null));
    }

    private void Work()
    {
        var agent = Pick(Center.Agents.Keys);
        AgentSessionOperation operation = random.Next(8) switch
        {
            0 => new EndContactCenterSession(SessionEndReason.LoggedOut),
            1 => new ChangePresence(MediaChannel.Chat, _ => Presence.NotReady),
            2 or 3 => new StartContactCenterSession(agent, [(MediaChannel.Chat, Presence.Ready)]),
            _ => new ChangePresence(MediaChannel.Chat, _ => Presence.Ready),
        };
        Say($"{agent} {operation}", () => Center.Do(agent, operation));
    }

    private void Pass() => Say("time passes", () =>
    {
        Center.Wait(TimeSpan.FromSeconds(random.Next(1, 20)));
        Center.RevokeOverdue();
    });

    private void CustomerActs()
    {
        if (Center.Chats.Count == 0) return;
        ChatOperation operation = random.Next(8) switch
        {
            0 => new CustomerLeave(QuitReason.Left),
            1 => new CustomerType(Typing.Started),
            2 => new CustomerType(Typing.Stopped),
            _ => new CustomerSend("A word from the customer"),
        };
        Do(Pick(Center.Chats.Keys), operation);
    }

    private void AgentActs()
    {
        if (Center.Chats.Count == 0) return;
        var agent = Pick(Center.Agents.Keys);
        // mostly what is with the agent, now and then what is not
        var mine = Center.Agents[agent].Chats;
        var chat = mine.IsEmpty || random.Next(10) == 0 ? Pick(Center.Chats.Keys) : Pick(mine);
        Do(chat, Pick(AllOperations(agent)), new Stamp(Center.Now, agent, ++references));
    }

    /// <summary>
    /// Every operation an agent can ask for, with valid parameters, by the name under which it is a capability.
    /// </summary>
    public static ImmutableArray<AgentOperation> AllOperations(AgentId agent) =>
    [
        new Accept(agent, "Agent"),
        new Accept(agent, "Agent", SaveLastAgent.Yes),
        new Reject(agent),
        new SendMessage(agent, "A word from the agent", "Greeting", TreatAs.System),
        new SendStartTypingNotification(agent),
        new SendStopTypingNotification(agent),
        new Leave(agent),
        new Leave(agent, new Farewell("Goodbye")),
        new LeaveAndComplete(agent, Farewell: new Farewell("Goodbye")),
        new Complete(agent),
        new Complete(agent, SmallCenter.Billing, SaveLastAgent.Yes, new Farewell("Goodbye")),
        new SetInFocus(agent),
        new SetInFocus(agent, Focus.Elsewhere),
        new SetDisposition(agent, "Solved"),
        new AttachUserData(agent, UserDataRules.Empty.Add("OrderNo", DataValue.Of("A-1199"))),
        new UpdateUserData(agent, UserDataRules.Empty.Add("OrderNo", DataValue.Null)),
        new DeleteUserData(agent, ["OrderNo"]),
    ];

    private void Do(ChatId chat, ChatOperation operation, Stamp? stamp = null) =>
        Say($"{chat} {operation}", () => Center.Do(chat, operation, stamp));

    private void Say(string what, Action act)
    {
        Steps.Add(what);
        act();
    }

    private T Pick<T>(IEnumerable<T> among)
    {
        T[] all = [.. among];
        return all[random.Next(all.Length)];
    }
}
