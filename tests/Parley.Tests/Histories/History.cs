using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing;
using Parley.Testing.Histories;

namespace Parley.Tests.Histories;

/// <summary>Random things that happen in a small contact centre; a seed repeats them.</summary>
/// <remarks>
/// Few chats and many helpers, so that histories get deep. A shadow is a supervisor of whom nobody but the shadow's own doings
/// and requests for its advice take notice: without these the rest of the history can be played again.
/// </remarks>
internal sealed partial class History
{
    private const int MostChats = 6;

    private readonly Random random;
    private readonly AgentId? shadow;
    private readonly ChatRole shadowRole;
    private int chats;
    private int references;
    private int words;

    public History(int seed, ChatRole? shadowIs = null)
    {
        random = new Random(seed);
        if (shadowIs is { } role) (shadow, shadowRole) = (Center.Supervisors[^1], role);
    }

    public SmallCenter Center { get; } = new(agents: 5, supervisors: 2);

    /// <summary>What happened so far.</summary>
    public List<Happening> Happenings { get; } = [];

    /// <summary>One more thing happens.</summary>
    public void Step()
    {
        if (Happenings.Count == 0) Open();
        switch (random.Next(24))
        {
            case 0: Request(); break;
            case 1 or 2: Change(); break;
            case 3: Pass(); break;
            case 4 or 5 when shadow is null: Supervise(Pick(Center.Supervisors)); break;
            case 4 or 5 or 6 or 7 when shadow is { } silent: ShadowActs(silent); break;
            case 8 or 9: CustomerActs(); break;
            default: AgentActs(); break;
        }
        if (random.Next(3) == 0) Happen(new("offers", null, null, center => { center.Route(); return null; }));
    }

    private IEnumerable<AgentId> Staff => Center.Agents.Keys.Where(a => a != shadow);

    private string Word => Confidences.Word(++words);

    private Stamp StampOf(AgentId agent) => new(Center.Now, agent, ++references);

    /// <summary>The day begins: most are at work, and somebody asks for a chat.</summary>
    private void Open()
    {
        foreach (var agent in Center.Agents.Keys.Where(_ => random.Next(6) > 0)) Work(agent, Begin(agent));
        Request();
    }

    private void Request()
    {
        if (chats == MostChats) return;
        var id = new ChatId($"chat{++chats:00}");
        var queue = random.Next(4) == 0 ? SmallCenter.Billing : SmallCenter.Support;
        Do(id, null, null, new RequestChat(
            id, "service", queue, Word, "", "", UserDataRules.Empty, random.Next(2) == 0 ? $"Hello {Word}" : null));
    }

    private void Change()
    {
        var agent = Pick(Staff);
        Work(agent, random.Next(10) switch
        {
            0 or 1 => new EndContactCenterSession(SessionEndReason.LoggedOut),
            2 => new ChangePresence(MediaChannel.Chat, _ => Presence.NotReady),
            < 8 => Begin(agent),
            _ => new ChangePresence(MediaChannel.Chat, _ => Presence.Ready),
        });
    }

    private static StartContactCenterSession Begin(AgentId agent) => new(agent, [(MediaChannel.Chat, Presence.Ready)]);

    private void Pass()
    {
        var time = TimeSpan.FromSeconds(random.Next(1, 20));
        Happen(new("time passes", null, null, center =>
        {
            center.Wait(time);
            center.RevokeOverdue();
            return null;
        }));
    }

    private void CustomerActs() => Do(Pick(Live), null, null, random.Next(20) switch
    {
        0 => new CustomerLeave(QuitReason.Left),
        1 => new CustomerLeave(QuitReason.WentSilent, Abandoned.StillOffered),
        2 or 3 => new CustomerType(Typing.Started),
        4 or 5 => new CustomerType(Typing.Stopped),
        _ => new CustomerSend($"Please {Word}"),
    });

    /// <summary>Mostly what is not over yet.</summary>
    private IEnumerable<ChatId> Live
    {
        get
        {
            ChatId[] live = [.. Center.Chats.Values.Where(c => !c.HasEnded).Select(c => c.Id)];
            return live.Length == 0 || random.Next(20) == 0 ? Center.Chats.Keys : live;
        }
    }

    private void AgentActs()
    {
        var mine = Staff.Where(a => !Center.Agents[a].Chats.IsEmpty).ToArray();
        // mostly what is with an agent, now and then what is not
        var agent = mine.Length == 0 || random.Next(20) == 0 ? Pick(Staff) : Pick(mine);
        var with = Center.Agents[agent].Chats;
        var chat = Center.Chats[with.IsEmpty || random.Next(20) == 0 ? Pick(Live) : Pick(with)];
        var (operation, towards) = Choose(agent, chat);
        Do(chat.Id, agent, towards, operation, StampOf(agent));
    }

    private (AgentOperation Operation, AgentId? Towards) Choose(AgentId agent, Chat chat)
    {
        if (chat.IsInvited(agent) && random.Next(10) > 0) return (Pick(Repertoire.Answers(agent, Word)), null);
        if (chat.StateOf(agent) is AgentChatState.LeftChat or AgentChatState.JoinFailed && random.Next(6) == 0)
            return (Pick(Repertoire.Exits(agent, Word)), null);
        switch (random.Next(20))
        {
            case < 7: return (Pick(Repertoire.Talk(agent, Word)), null);
            case < 9: return (Pick(Repertoire.Notes(agent, Word)), null);
            case < 10: return (Pick(Repertoire.Alone(agent, Word)), null);
            case < 11 when shadow is null: return (Pick(Repertoire.Unlisted(agent)), null);
            case < 14 when Center.Supervisors.Contains(agent): return (Pick(Repertoire.Switches(agent)), null);
            case < 12: return (Pick(Repertoire.Exits(agent, Word)), null);
        }
        // somebody on the chat to be promoted, removed or refused; or else somebody to be asked for help
        var there = chat.Attached.Select(p => p.Agent).Where(a => a != shadow).ToArray();
        var colleague = there.Length > 0 && random.Next(3) == 0 ? Pick(there) : Pick(Staff);
        TransferTarget target = random.Next(6) == 0
            ? new TransferTarget.Waiting(random.Next(2) == 0 ? SmallCenter.Support : new Line(chat.Line.Queue, SmallCenter.Skill))
            : new TransferTarget.User(colleague);
        var towards = Repertoire.Towards(
            agent, target, colleague, Center.Now.AddSeconds(30), random.Next(2) == 0 ? Word : null);
        // a transfer ends what help makes deep
        return (random.Next(4) == 0 ? towards[0] : Pick(towards.Skip(1)), colleague);
    }

    private void Supervise(AgentId supervisor, ChatRole? asked = null)
    {
        var agent = Pick(Staff.Except([supervisor]));
        var role = asked ?? Pick<ChatRole>([ChatRole.Monitor, ChatRole.Coach, ChatRole.BargeIn]);
        var held = Center.Agents[agent].Chats;
        if (!held.IsEmpty && random.Next(3) > 0)
            Do(
                Pick(held), supervisor, agent, new Intrude(supervisor, agent, role, Center.Now.AddSeconds(30)),
                StampOf(supervisor));
        else if (random.Next(5) == 0)
            Work(supervisor, new CancelSupervisorMonitoring(agent));
        else
            Work(supervisor, new Supervise(
                agent, role, random.Next(2) == 0 ? MonitoringExtent.NextChat : MonitoringExtent.AllChats, Word));
    }

    private void Do(ChatId chat, AgentId? by, AgentId? towards, ChatOperation operation, Stamp? stamp = null) =>
        Happen(new($"{chat} {operation}", by, towards, center => center.Do(chat, operation, stamp)));

    private void Work(AgentId agent, AgentSessionOperation operation) =>
        Happen(new($"{agent} {operation}", agent, null, center => center.Do(agent, operation)));

    private void Happen(Happening happening)
    {
        Happenings.Add(happening);
        happening.Run(Center);
    }

    private T Pick<T>(IEnumerable<T> among)
    {
        T[] all = [.. among];
        return all[random.Next(all.Length)];
    }
}
