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

    public SmallCenter Center { get; } = new(agents: 5, supervisors: 2);

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
            case 4: SupervisorActs(); break;
            case 5 or 6: CustomerActs(); break;
            default: AgentActs(); break;
        }
        if (random.Next(3) == 0) Center.Route();
    }

    private void Request()
    {
        if (chats == 8) return;
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
            0 when random.Next(2) == 0 => new EndContactCenterSession(SessionEndReason.LoggedOut),
            1 when random.Next(2) == 0 => new ChangePresence(MediaChannel.Chat, _ => Presence.NotReady),
            < 4 => new StartContactCenterSession(agent, [(MediaChannel.Chat, Presence.Ready)]),
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
        Do(chat, Pick(Valid(agent, Center.Chats[chat])), new Stamp(Center.Now, agent, ++references));
    }

    private void SupervisorActs()
    {
        var supervisor = Pick(Center.Supervisors);
        var agent = Pick(Center.Agents.Keys.Except([supervisor]));
        var role = Pick<ChatRole>([ChatRole.Monitor, ChatRole.Coach, ChatRole.BargeIn]);
        var held = Center.Agents[agent].Chats;
        if (!held.IsEmpty && random.Next(2) == 0)
            Do(
                Pick(held), new Intrude(supervisor, agent, role, Center.Now.AddSeconds(30)),
                new Stamp(Center.Now, supervisor, ++references));
        else
            Say($"{supervisor} {role}s {agent}", () => Center.Do(supervisor, random.Next(5) == 0
                ? new CancelSupervisorMonitoring(agent)
                : new Supervise(
                    agent, role, random.Next(2) == 0 ? MonitoringExtent.NextChat : MonitoringExtent.AllChats, $"{supervisor}")));
    }

    /// <summary>Every operation, towards somebody at random where it is towards somebody.</summary>
    private IEnumerable<AgentOperation> Valid(AgentId agent, Chat chat)
    {
        var colleague = Pick(Center.Agents.Keys);
        var there = random.Next(4) == 0
            ? (TransferTarget)new TransferTarget.Waiting(
                random.Next(2) == 0 ? SmallCenter.Support : new Line(chat.Line.Queue, SmallCenter.Skill))
            : new TransferTarget.User(colleague);
        var until = Center.Now.AddSeconds(30);
        AgentOperation[] towards =
        [
            new Transfer(agent, there, until), new Transfer(agent, there, until, new Farewell("Goodbye")),
            new Invite(agent, there, until), new Invite(agent, there, until),
            new Consult(agent, there, until), new Consult(agent, there, until),
            new RemoveParticipantFromConference(agent, colleague),
            new CompleteTransfer(agent), new CompleteConference(agent), new LeaveChatConsultation(agent),
            new RequestChatHistory(agent, 2),
        ];
        // who is only invited accepts more often than not
        return chat.IsInvited(agent) && random.Next(2) == 0 ? [new Accept(agent, $"{agent}")] : [.. towards, .. Alone(agent)];
    }

    /// <summary>
    /// Every operation an agent can ask for that needs no other agent, with valid parameters, by the name under which it is a
    /// capability.
    /// </summary>
    public static ImmutableArray<AgentOperation> Alone(AgentId agent) =>
    [
        new Accept(agent, $"{agent}"),
        new Accept(agent, $"{agent}", SaveLastAgent.Yes),
        new Reject(agent),
        new SendMessage(agent, "A word from the agent", "Greeting", TreatAs.System),
        new SendStartTypingNotification(agent),
        new SendStopTypingNotification(agent),
        new SendUrl(agent, "https://shop.example.test/returns"),
        new SendCustomNotice(agent, "form=1"),
        new SendToAgents(agent, "A word among agents"),
        new SendStartTypingToAgentsNotification(agent),
        new SendStopTypingToAgentsNotification(agent),
        new SendCustomNoticeToAgents(agent, "form=2"),
        new SwitchToMonitor(agent),
        new SwitchToCoach(agent),
        new SwitchToBargeIn(agent),
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
