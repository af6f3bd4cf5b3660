using System.Collections.Immutable;
using System.Globalization;

namespace Parley.Chats;

/// <summary>A chat: the conversation of a customer with agents, and the interaction that agents work on.</summary>
/// <remarks>Only <see cref="Apply(ChatEvent, Stamp)"/> changes it; operations decide which events there are.</remarks>
public sealed record Chat
{
    private const string ServerTag = "00A1";

    /// <summary>A chat nobody has asked for.</summary>
    public static readonly Chat None = new();

    public ChatId Id { get; private init; }
    public string Service { get; private init; } = "";
    public string KeyHash { get; private init; } = "";
    public string CustomerUserId { get; private init; } = "";
    public DateTimeOffset ReceivedAt { get; private init; }

    /// <summary>The queue in which the chat waits, or from which it was taken.</summary>
    public QueueName Queue { get; private init; }

    public Party Customer { get; private init; } = new(PartyKind.Customer, default, 1, "");

    /// <summary>The customer is in the session; the session is open exactly as long.</summary>
    public bool CustomerPresent { get; private init; }

    /// <summary>When the session ended for the customer; null while it has not.</summary>
    public DateTimeOffset? CustomerLeftAt { get; private init; }

    /// <summary>Everyone who was ever offered the chat, done or not.</summary>
    public ImmutableSortedDictionary<AgentId, AgentPart> Agents { get; private init; } =
        ImmutableSortedDictionary.Create<AgentId, AgentPart>(AgentId.Order);

    public ImmutableSortedDictionary<string, DataValue> UserData { get; private init; } = UserDataRules.Empty;

    public Transcript Transcript { get; internal init; } = Transcript.Empty;

    /// <summary>The interaction is finished.</summary>
    public bool HasEnded { get; private init; }

    private int JoinCount { get; init; }

    private int PartyCount => 1 + Agents.Count(a => a.Value.Party is not null);

    public bool Exists => Id.Value is not null;

    /// <summary>Where the chat is: always in exactly one place.</summary>
    public Place Place =>
        HasEnded || !Exists ? Place.Done
        : AnyIn(AgentChatState.Chatting) ? Place.WithAgents
        : AnyIn(AgentChatState.LeftChat) || AnyIn(AgentChatState.JoinFailed) ? Place.AfterChatWork
        : AnyIn(AgentChatState.Invited) ? Place.Offered
        : Place.Waiting;

    public AgentPart? Part(AgentId agent) => Agents.GetValueOrDefault(agent);

    public AgentChatState? StateOf(AgentId agent) => Part(agent)?.State;

    public bool IsInvited(AgentId agent) => StateOf(agent) == AgentChatState.Invited;

    public bool IsChatting(AgentId agent) => StateOf(agent) == AgentChatState.Chatting;

    /// <summary>The agent takes part in the session, and the transcript has room for what it says.</summary>
    public bool MaySpeak(AgentId agent) => IsChatting(agent) && Transcript.HasRoom;

    /// <summary>The agent has accepted the chat and is not done with it.</summary>
    public bool IsHeldBy(AgentId agent) => Part(agent) is { IsHeld: true };

    /// <summary>Every change of state there is.</summary>
    public Chat Apply(ChatEvent e, Stamp stamp) => e switch
    {
        ChatRequested r => Requested(r, stamp),
        CustomerJoined => (this with { CustomerPresent = true }).Log(EntryKind.ParticipantJoined, Customer, stamp),
        CustomerSaid s => Log(EntryKind.Text, Customer, stamp, s.Text, s.MessageType),
        CustomerStartedTyping => Log(EntryKind.TypingStarted, Customer, stamp),
        CustomerStoppedTyping => Log(EntryKind.TypingStopped, Customer, stamp),
        CustomerLeft l => SessionOver(stamp).Add(new Entry(EntryKind.ParticipantLeft, Customer, stamp.At, Quit: l.Why)),
        AgentInvited i =>
            With((Part(i.Agent) ?? new(i.Agent, default)) with { State = AgentChatState.Invited, OfferedUntil = i.Until }),
        AgentRejected r => With(r.Agent, p => p with { State = AgentChatState.Completed, DeclinedAt = stamp.At }),
        AgentRevoked r => With(r.Agent, p => Revoked(p, r, stamp)),
        AgentJoined j => Joined(j, stamp),
        AgentJoinFailed j => With(j.Agent, p => p with { State = AgentChatState.JoinFailed }).Taken(),
        AgentSaid s => Log(EntryKind.Text, PartyOf(s.Agent), stamp, s.Text, s.MessageType, s.TreatAs),
        AgentStartedTyping t => Log(EntryKind.TypingStarted, PartyOf(t.Agent), stamp),
        AgentStoppedTyping t => Log(EntryKind.TypingStopped, PartyOf(t.Agent), stamp),
        AgentLeft l => With(l.Agent, AgentChatState.LeftChat).Log(EntryKind.ParticipantLeft, PartyOf(l.Agent), stamp),
        AgentCompleted c => With(c.Agent, AgentChatState.Completed),
        AgentFocused f => With(f.Agent, p => p with { InFocus = f.InFocus }),
        UserDataChanged d => this with { UserData = UserData.SetItems(d.Set).RemoveRange(d.Removed) },
        DispositionSet d => this with { UserData = UserData.SetItem(d.Key, DataValue.Of(d.Disposition)) },
        ChatQueued q => this with { Queue = q.Queue },
        ChatEnded => this with { HasEnded = true },
        LastAgentSaved => this, // kept for the contact's profile
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "Not an event of a chat."),
    };

    /// <summary>Applies the events of one command.</summary>
    public Chat Apply(IEnumerable<ChatEvent> events, Stamp stamp) => events.Aggregate(this, (chat, e) => chat.Apply(e, stamp));

    private Chat Requested(ChatRequested r, Stamp stamp) => this with
    {
        Id = r.Chat,
        Service = r.Service,
        KeyHash = r.KeyHash,
        CustomerUserId = r.UserId,
        Queue = r.Queue,
        ReceivedAt = stamp.At,
        UserData = r.UserData.WithComparers(StringComparer.Ordinal),
        Customer = new Party(PartyKind.Customer, NewParticipant(stamp), 1, r.Nickname),
        JoinCount = 1,
    };

    private Chat Joined(AgentJoined j, Stamp stamp)
    {
        var before = Part(j.Agent)?.Party;
        var party = new Party(PartyKind.Agent, NewParticipant(stamp), before?.Number ?? PartyCount + 1, j.Nickname, j.Agent);
        var joined = With(j.Agent, p => p with { State = AgentChatState.Chatting, Party = party }).Taken();
        return (joined with { JoinCount = JoinCount + 1 })
            .Log(before is null ? EntryKind.ParticipantJoined : EntryKind.ParticipantRejoined, party, stamp);
    }

    /// <summary>Somebody took the chat: whoever declined it before may be asked again.</summary>
    private Chat Taken() => this with
    {
        Agents = Agents.SetItems(Agents.Where(a => a.Value.DeclinedAt is not null)
            .Select(a => KeyValuePair.Create(a.Key, a.Value with { DeclinedAt = null }))),
    };

    private Chat SessionOver(Stamp stamp) => this with
    {
        CustomerPresent = false,
        CustomerLeftAt = stamp.At,
        Agents = Agents.SetItems(Agents.Where(a => a.Value.State == AgentChatState.Chatting)
            .Select(a => KeyValuePair.Create(a.Key, a.Value with { State = AgentChatState.LeftChat }))),
    };

    private static AgentPart Revoked(AgentPart part, AgentRevoked revoked, Stamp stamp) => part with
    {
        State = AgentChatState.Revoked,
        DeclinedAt = revoked.Why == RevokeReason.NoAnswer ? stamp.At : part.DeclinedAt,
    };

    private Chat With(AgentPart part) => this with { Agents = Agents.SetItem(part.Agent, part) };

    private Chat With(AgentId agent, Func<AgentPart, AgentPart> change) => With(change(Agents[agent]));

    private Chat With(AgentId agent, AgentChatState state) => With(agent, p => p with { State = state });

    private Chat Add(Entry entry) => this with { Transcript = Transcript.Add(entry) };

    private Chat Log(
        EntryKind kind, Party from, Stamp stamp, string? text = null, string? type = null, TreatAs treatAs = TreatAs.Normal) =>
        Add(new Entry(kind, from, stamp.At, text, type, treatAs, from.Visibility));

    private Party PartyOf(AgentId agent) => Agents[agent].Party ?? throw new InvalidOperationException("The agent never joined.");

    private bool AnyIn(AgentChatState state)
    {
        foreach (var (_, part) in Agents)
        {
            if (part.State == state) return true;
        }
        return false;
    }

    /// <summary>Four hexadecimal digits of the server, eight of the second of joining, four of a counter.</summary>
    private ParticipantId NewParticipant(Stamp stamp) => new(string.Create(
        CultureInfo.InvariantCulture, $"{ServerTag}{(uint)stamp.At.ToUnixTimeSeconds():X8}{(ushort)(JoinCount + 1):X4}"));
}

/// <summary>The places a chat can be in.</summary>
public enum Place
{
    Waiting,
    Offered,
    WithAgents,
    AfterChatWork,
    Done,
}
