using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>A chat: the conversation of a customer with agents, and the interaction that agents work on.</summary>
/// <remarks>Only <see cref="Apply(ChatEvent, Stamp)"/> changes it; operations decide which events there are.</remarks>
public sealed partial record Chat
{
    private const string ServerTag = "00A1";

    /// <summary>A chat nobody has asked for.</summary>
    public static readonly Chat None = new();

    public ChatId Id { get; private init; }
    public string Service { get; private init; } = "";
    public string KeyHash { get; private init; } = "";
    public string CustomerUserId { get; private init; } = "";
    public DateTimeOffset ReceivedAt { get; private init; }

    /// <summary>Where the chat waits, or from where it was taken.</summary>
    public Line Line { get; private init; }

    public Door Door { get; private init; }
    public Attendance Attendance { get; private init; }

    /// <summary>Whom the customer is known to be; null for a stranger of whom nothing is kept.</summary>
    public ContactId? Contact { get; private init; }

    /// <summary>Who served the contact before and is to be asked first; null for nobody in particular.</summary>
    public AgentId? LastAgent { get; private init; }

    public Party Customer { get; private init; } = new(PartyKind.Customer, default, 1, "");

    /// <summary>The customer is in the session; the session is open exactly as long.</summary>
    public bool CustomerPresent { get; private init; }

    /// <summary>When the session ended for the customer; null while it has not.</summary>
    public DateTimeOffset? CustomerLeftAt { get; private init; }

    /// <summary>The last index the customer is known to have read.</summary>
    public int CustomerHasRead { get; private init; }

    /// <summary>
    /// The last index that a customer without positions of its own was given; <see cref="int.MaxValue"/> after the end.
    /// </summary>
    public int DeliveredUpTo { get; private init; }

    /// <summary>The files in the chat, by id.</summary>
    public ImmutableSortedDictionary<string, ChatFile> Files { get; private init; } =
        ImmutableSortedDictionary.Create<string, ChatFile>(StringComparer.Ordinal);

    /// <summary>The size of all files there have been, also of those that were removed: their content is kept.</summary>
    public long FileBytes { get; private init; }

    /// <summary>How often the customer has fetched files.</summary>
    public int FilesFetched { get; private init; }

    /// <summary>Who speaks for the server, once it has said something.</summary>
    public Party? System { get; private init; }

    /// <summary>Which place in the queue the customer was told last; null while none in this one.</summary>
    public ToldPosition? Told { get; private init; }

    /// <summary>Since when nobody has said or done anything, and which warning was given since.</summary>
    public Idleness Idleness { get; private init; } = new(default);

    /// <summary>Everyone who was ever offered the chat, done or not.</summary>
    public ImmutableSortedDictionary<AgentId, AgentPart> Agents { get; private init; } =
        ImmutableSortedDictionary.Create<AgentId, AgentPart>(AgentId.Order);

    public ImmutableSortedDictionary<string, DataValue> UserData { get; private init; } = UserDataRules.Empty;

    public Transcript Transcript { get; internal init; } = Transcript.Empty;

    /// <summary>
    /// How often something was stored that adds nothing to the transcript: focus, history, what customers change in user data.
    /// </summary>
    public int Trifles { get; private init; }

    /// <summary>The interaction is finished.</summary>
    public bool HasEnded { get; private init; }

    /// <summary>How many participants agents have got to know: ids and order count these, without gaps for silent ones.</summary>
    private int JoinCount { get; init; }

    private int SilentCount { get; init; }

    /// <summary>How many parties the customer has got to know, itself and the server included.</summary>
    private int KnownCount => 1 + Agents.Count(a => a.Value.Party is { Number: > 0 }) + (System is null ? 0 : 1);

    public bool Exists => Id.Value is not null;

    /// <summary>Where the chat is: always in exactly one place.</summary>
    public Place Place =>
        HasEnded || !Exists ? Place.Done
        : Any(p => p.IsServing) ? Place.WithAgents
        : Any(p => p.State is AgentChatState.LeftChat or AgentChatState.JoinFailed) ? Place.AfterChatWork
        : Any(p => p.IsInvited) ? Place.Offered
        : Place.Waiting;

    /// <summary>The agents who serve the customer in the session, by joining.</summary>
    public IEnumerable<AgentPart> Serving => Agents.Values.Where(p => p.IsServing).OrderBy(p => p.Party!.Order);

    /// <summary>Everyone who is not done with the chat, invited or holding it.</summary>
    public IEnumerable<AgentPart> Attached => Agents.Values.Where(p => !p.IsOver);

    /// <summary>Whose work the chat is, or who is invited to make it so; null when nobody is.</summary>
    public AgentPart? Owner => Attached.FirstOrDefault(p => p.Role == ChatRole.Owner);

    public AgentPart? Part(AgentId agent) => Agents.GetValueOrDefault(agent);

    public AgentChatState? StateOf(AgentId agent) => Part(agent)?.State;

    public bool IsInvited(AgentId agent) => Part(agent) is { IsInvited: true };

    public bool IsChatting(AgentId agent) => Part(agent) is { IsChatting: true };

    /// <summary>The agent takes part in the session, and the transcript has room for what it says.</summary>
    public bool MaySpeak(AgentId agent) => IsChatting(agent) && Transcript.HasRoom;

    /// <summary>The agent has accepted the chat and is not done with it.</summary>
    public bool IsHeldBy(AgentId agent) => Part(agent) is { IsHeld: true };

    /// <summary>Every change of state there is.</summary>
    public Chat Apply(ChatEvent e, Stamp stamp) => e switch
    {
        ChatRequested r => Requested(r, stamp),
        CustomerJoined => (this with { CustomerPresent = true }).Log(EntryKind.ParticipantJoined, Customer, stamp),
        CustomerSaid s => FromCustomer(EntryKind.Text, stamp, s.Text, s.MessageType, s.Attributes),
        CustomerStartedTyping t => FromCustomer(EntryKind.TypingStarted, stamp, t.Preview),
        CustomerStoppedTyping => Log(EntryKind.TypingStopped, Customer, stamp),
        CustomerPushedUrl u => FromCustomer(EntryKind.PushUrl, stamp, u.Url),
        CustomerSentCustomNotice n => FromCustomer(EntryKind.CustomNotice, stamp, n.Text, attributes: n.Attributes),
        CustomerRenamed r => (this with { Customer = Customer with { Nickname = r.Nickname } })
            .FromCustomer(EntryKind.NicknameUpdated, stamp, r.Nickname),
        TranscriptDelivered d => this with { DeliveredUpTo = d.UpTo },
        CustomerRead r => this with { CustomerHasRead = Math.Max(CustomerHasRead, r.Index) },
        FileAdded f => WithFile(f, stamp),
        FileRemoved f => WithoutFile(f, stamp),
        FileFetched => this with { FilesFetched = FilesFetched + 1 },
        SystemSaid s => FromSystem(EntryKind.Text, stamp, s.Text),
        PositionTold p => (this with { Told = new(p.Position, stamp.At) }).FromSystem(EntryKind.Text, stamp, p.Text),
        IdleWarned i => Warned(i, stamp),
        IdleEnded i => FromSystem(EntryKind.IdleClose, stamp, i.Text),
        IdleTimerCancelled =>
            this with { Trifles = Trifles + 1, Idleness = Idleness with { Since = stamp.At, Warning = null } },
        CustomerLeft l => SessionOver(stamp).Add(new Entry(EntryKind.ParticipantLeft, Customer, stamp.At, Quit: l.Why)),
        AgentInvited i => With(Invited(i, stamp)),
        AgentRejected r => With(r.Agent, p => Declined(p, stamp) with { State = AgentChatState.Completed }),
        AgentRevoked r => Over(r.Agent, p => Revoked(p, r, stamp)),
        AgentJoined j => Joined(j, stamp),
        AgentJoinFailed j => With(j.Agent, p => p with { State = AgentChatState.JoinFailed }).Taken(),
        AgentRoleChanged r => InRole(r, stamp),
        AgentSaid s => Log(EntryKind.Text, s.Agent, s.To, stamp, s.Text, s.MessageType, s.TreatAs),
        AgentStartedTyping t => Log(EntryKind.TypingStarted, t.Agent, t.To, stamp),
        AgentStoppedTyping t => Log(EntryKind.TypingStopped, t.Agent, t.To, stamp),
        AgentPushedUrl u => Log(EntryKind.PushUrl, u.Agent, Visibility.All, stamp, u.Url),
        AgentSentCustomNotice n => Log(EntryKind.CustomNotice, n.Agent, n.To, stamp, n.Text),
        AgentNoticed n => Log(EntryKind.Notice, n.Agent, n.To, stamp, n.Text),
        AskedInVain => this with { Trifles = Trifles + 1 },
        HistoryRequested => this with { Trifles = Trifles + 1 }, // only told
        AgentLeft l => With(l.Agent, AgentChatState.LeftChat).Log(EntryKind.ParticipantLeft, PartyOf(l.Agent), stamp),
        AgentCompleted c => Over(c.Agent, p => p with { State = AgentChatState.Completed }),
        AgentFocused f => (this with { Trifles = Trifles + 1 }).With(f.Agent, p => p with { InFocus = f.InFocus }),
        UserDataChanged d => this with
        {
            UserData = UserData.SetItems(d.Set).RemoveRange(d.Removed),
            Trifles = Trifles + (stamp.Requester is null ? 1 : 0),
        },
        DispositionSet d => this with { UserData = UserData.SetItem(d.Key, DataValue.Of(d.Disposition)) },
        ChatQueued q => this with { Line = new Line(q.Queue, q.Skill, q.Group), Told = null },
        ChatEnded => this with { HasEnded = true },
        LastAgentSaved => this, // kept with the contact
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "Not an event of a chat."),
    };

    /// <summary>
    /// The same chat with an empty transcript, for who looks only at what is said from now on: who may notice whom is as before.
    /// </summary>
    public Chat WithoutTranscript() => this with { Transcript = Transcript.Empty };

    /// <summary>Applies the events of one command.</summary>
    public Chat Apply(IEnumerable<ChatEvent> events, Stamp stamp) => events.Aggregate(this, (chat, e) => chat.Apply(e, stamp));
}

/// <summary>A place in a queue that the customer was told.</summary>
public sealed record ToldPosition(int Position, DateTimeOffset At);

/// <summary>The places a chat can be in.</summary>
public enum Place
{
    Waiting,
    Offered,
    WithAgents,
    AfterChatWork,
    Done,
}
