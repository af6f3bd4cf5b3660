using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Testing;

namespace Parley.Tests.Histories;

/// <summary>
/// Keeps the confidences of every chat of a contact centre, from what was asked and accepted and from who has which chat
/// afterwards: never from what the server thinks of parties, entries and capabilities.
/// </summary>
internal sealed class Witness
{
    private readonly SmallCenter center;
    private readonly Dictionary<ChatId, Confidences> chats = [];
    private readonly Dictionary<(AgentId Supervisor, AgentId Agent), Supervise> following = [];
    private readonly Dictionary<(ChatId, AgentId Asked), AgentId> askers = [];
    private readonly List<(ChatId Chat, AgentId Agent)> arrivals = [];

    public Witness(SmallCenter center)
    {
        this.center = center;
        center.Accepted += Accepted;
        center.AcceptedBy += AcceptedBy;
    }

    public Confidences Of(ChatId chat) => chats[chat];

    private void AcceptedBy(AgentId agent, AgentSessionOperation operation)
    {
        switch (operation)
        {
            case Supervise s: following[(agent, s.Agent)] = s; break;
            case CancelSupervisorMonitoring c: following.Remove((agent, c.Agent)); break;
            case EndContactCenterSession:
                foreach (var key in following.Keys.Where(k => k.Supervisor == agent).ToArray()) following.Remove(key);
                break;
        }
    }

    private void Accepted(ChatId id, ChatOperation operation)
    {
        if (operation is RequestChat r) chats[id] = new Confidences(r.Nickname);
        var chat = chats[id];
        var holders = center.Agents.Where(a => a.Value.Chats.Contains(id)).Select(a => a.Key.Value).ToHashSet();
        var newcomers = holders.Except(chat.Holders).Select(a => new AgentId(a)).ToArray();
        switch (operation)
        {
            case RequestChat { Text: { } text }: chat.Say(WordIn(text)); break;
            case CustomerSend s: chat.Say(WordIn(s.Text)); break;
            case Offer o: chat.Invite(o.Agent.Value, Stance.Open); break;
            case Intrude i: chat.Invite(i.Supervisor.Value, StanceOf(i.As)); break;
            case Accept a: Enter(chat, id, a, newcomers); break;
            case AgentOperation a: Happened(chat, id, a, newcomers); break;
        }
        chat.Settle(holders, center.Chats[id].CustomerPresent);
    }

    private void Enter(Confidences chat, ChatId id, Accept accept, AgentId[] broughtAlong)
    {
        if (!chat.IsOpen) return; // accepted too late: nobody comes in
        chat.Enter(accept.Agent.Value, accept.Nickname);
        arrivals.Add((id, accept.Agent));
        foreach (var supervisor in broughtAlong)
        {
            var wish = following[(supervisor, accept.Agent)];
            chat.Enter(supervisor.Value, wish.Nickname, StanceOf(wish.As));
            if (wish.Extent == MonitoringExtent.NextChat) following.Remove((supervisor, accept.Agent));
        }
    }

    private void Happened(Confidences chat, ChatId id, AgentOperation operation, AgentId[] newcomers)
    {
        var agent = operation.Agent.Value;
        switch (operation)
        {
            case SendMessage s: chat.Say(agent, WordIn(s.Text)); break;
            case SendUrl u: chat.Say(agent, WordIn(u.Url)); break;
            case SendCustomNotice n: chat.Say(agent, WordIn(n.NoticeText)); break;
            case SendToAgents s: chat.Whisper(WordIn(s.Text)); break;
            case SendCustomNoticeToAgents n: chat.Whisper(WordIn(n.NoticeText)); break;
            case SetDisposition d: chat.Note(WordIn(d.Disposition)); break;
            case AttachUserData { UserData: var data }: chat.Note(WordIn(data["OrderNo"].Written)); break;
            case SwitchToMonitor: chat.Shift(agent, Stance.Silent); break;
            case SwitchToCoach: chat.Shift(agent, Stance.Coaching); break;
            case SwitchToBargeIn: chat.Shift(agent, Stance.BargedIn); break;
            case CompleteTransfer or CompleteConference or LeaveChatConsultation
                when chat.StanceOf(agent) != Stance.Advising: Promote(chat, AdviserOf(id, operation.Agent)); break;
            case Leave l: Part(chat, agent, l.Farewell); break;
            case Complete c: Part(chat, agent, c.Farewell); break;
            case RemoveParticipantFromConference r:
                // taking an invitation back is not accompanied by words
                if (chat.IsInside(r.Target.Value)) Part(chat, agent, r.Farewell);
                break;
            case Transfer t:
                Part(chat, agent, t.Farewell);
                Call(chat, id, operation.Agent, t.To, newcomers, Stance.Open);
                break;
            case Invite i: Call(chat, id, operation.Agent, i.To, newcomers, Stance.Open); break;
            case Consult c: Call(chat, id, operation.Agent, c.To, newcomers, Stance.Advising); break;
        }
    }

    /// <summary>
    /// Somebody new is asked to come, or an adviser who is there already is brought before the customer. Anybody else was asked
    /// in vain.
    /// </summary>
    private void Call(Confidences chat, ChatId id, AgentId by, TransferTarget to, AgentId[] newcomers, Stance stance)
    {
        if (newcomers is [var asked])
        {
            chat.Invite(asked.Value, stance);
            askers[(id, asked)] = by;
        }
        else if (to is TransferTarget.User { Agent: var colleague } && chat.IsInside(colleague.Value)
            && chat.StanceOf(colleague.Value) is Stance.Advising or Stance.Coaching)
        {
            Promote(chat, colleague);
        }
    }

    private static void Promote(Confidences chat, AgentId colleague) => chat.Shift(colleague.Value, Stance.Open);

    /// <summary>The adviser whom the agent asked and who came last.</summary>
    private AgentId AdviserOf(ChatId id, AgentId asker) => arrivals.Last(arrived =>
        arrived.Chat == id && chats[id].IsInside(arrived.Agent.Value)
        && chats[id].StanceOf(arrived.Agent.Value) == Stance.Advising
        && askers.GetValueOrDefault((id, arrived.Agent)) == asker).Agent;

    private static void Part(Confidences chat, string agent, Farewell? farewell)
    {
        if (farewell is not null && chat.IsInside(agent) && chat.StanceOf(agent) != Stance.Silent)
            chat.Say(agent, WordIn(farewell.Text));
    }

    private static Stance StanceOf(ChatRole role) => role switch
    {
        ChatRole.Monitor => Stance.Silent,
        ChatRole.Coach => Stance.Coaching,
        _ => Stance.BargedIn,
    };

    private static string WordIn(string text) => text[text.IndexOf("zq", StringComparison.Ordinal)..];
}
