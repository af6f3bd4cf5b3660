using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Testing;
using Parley.Testing.Histories;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>
/// Random things that customers, agents and supervisors do, each by what some node shows it and at any node: the two need not be
/// the same, and by then it may all be different.
/// </summary>
internal sealed class RandomDoings(IReadOnlyList<Node> nodes, Random random, Func<DateTimeOffset> offeredUntil)
{
    private const int MostChats = 30;

    private static readonly AgentId[] Supervisors = [Arena.Cleo, Arena.Sam];

    private int chats;
    private int words;

    /// <summary>One more thing, not yet done.</summary>
    public Command Next() => random.Next(12) switch
    {
        0 or 1 when chats < MostChats => Ask(),
        2 => Work(Pick(Arena.Staff)),
        3 => Supervise(Pick(Supervisors)),
        4 or 5 => CustomerActs(),
        _ => AgentActs(),
    };

    private string Word => Confidences.Word(++words);

    private Command Ask()
    {
        var id = new ChatId($"chat{++chats:00}");
        return On(id, new RequestChat(
            id, "customer-support", new QueueName("Support"), Word, "", "", UserDataRules.Empty, $"Hello {Word}"));
    }

    private Command Work(AgentId agent) => By(agent, random.Next(8) switch
    {
        0 => new EndContactCenterSession(SessionEndReason.LoggedOut),
        1 or 2 => new ChangePresence(MediaChannel.Chat, _ => Presence.NotReady),
        < 6 => new StartContactCenterSession(agent, [(MediaChannel.Chat, Presence.Ready)]),
        _ => new ChangePresence(MediaChannel.Chat, _ => Presence.Ready),
    });

    private Command Supervise(AgentId supervisor)
    {
        var agent = Pick(Arena.Staff.Where(a => a != supervisor));
        var role = Pick<ChatRole>([ChatRole.Monitor, ChatRole.Coach, ChatRole.BargeIn]);
        if (ChatsOf(agent) is { Length: > 0 } held && random.Next(2) == 0)
            return On(Pick(held).Id, new Intrude(supervisor, agent, role, offeredUntil()));
        return By(supervisor, random.Next(4) == 0
            ? new CancelSupervisorMonitoring(agent)
            : new Supervise(agent, role, random.Next(2) == 0 ? MonitoringExtent.NextChat : MonitoringExtent.AllChats, Word));
    }

    private Command CustomerActs()
    {
        var live = Pick(nodes).ChatFolds.States.Where(c => c is { Exists: true, HasEnded: false }).ToArray();
        return live.Length == 0 ? Work(Pick(Arena.Staff)) : On(Pick(live).Id, random.Next(8) switch
        {
            0 => new CustomerLeave(QuitReason.Left),
            1 => new CustomerType(Typing.Started),
            _ => new CustomerSend($"Please {Word}"),
        });
    }

    private Command AgentActs()
    {
        var busy = Arena.Staff.Where(a => ChatsOf(a).Length > 0).ToArray();
        if (busy.Length == 0) return Work(Pick(Arena.Staff));
        var agent = Pick(busy);
        if (ChatsOf(agent) is not { Length: > 0 } held) return Work(agent);
        var chat = Pick(held);
        return On(chat.Id, Choose(agent, chat));
    }

    private AgentOperation Choose(AgentId agent, Chat chat)
    {
        if (chat.IsInvited(agent) && random.Next(8) > 0) return Pick(Repertoire.Answers(agent, Word));
        var colleague = Pick(Arena.Staff.Where(a => a != agent));
        TransferTarget target = random.Next(5) == 0
            ? new TransferTarget.Waiting(new QueueName("Support"))
            : new TransferTarget.User(colleague);
        return random.Next(10) switch
        {
            < 3 => Pick(Repertoire.Talk(agent, Word)),
            3 => Pick(Repertoire.Alone(agent, Word)),
            4 or 5 => Pick(Repertoire.Exits(agent, Word)),
            6 when Supervisors.Contains(agent) => Pick(Repertoire.Switches(agent)),
            _ => Pick(Repertoire.Towards(agent, target, colleague, offeredUntil(), Word)),
        };
    }

    private Chat[] ChatsOf(AgentId agent) =>
        [.. Pick(nodes).ChatFolds.States.Where(c => c.Part(agent) is { IsOver: false })];

    private static Command On(ChatId chat, ChatOperation operation) =>
        Command.On(chat, $"{operation.GetType().Name} in {chat}", _ => operation);

    private static Command By(AgentId agent, AgentSessionOperation operation) =>
        Command.By(agent, $"{operation.GetType().Name} by {agent}", operation);

    private T Pick<T>(IEnumerable<T> among)
    {
        T[] all = [.. among];
        return all[random.Next(all.Length)];
    }
}
