using System.Collections.Immutable;

namespace Parley.Agents;

/// <summary>
/// An agent at work: the contact-centre session, the state of each channel, and the chats that are with the agent.
/// </summary>
/// <remarks>Only <see cref="Apply(AgentEvent, Stamp)"/> changes it; operations decide which events there are.</remarks>
public sealed record Agent
{
    /// <summary>An agent without a session and without chats.</summary>
    public static readonly Agent Away = new();

    public AgentId Id { get; private init; }
    public bool InSession { get; private init; }

    /// <summary>The seat named at the start of the session.</summary>
    public string? Seat { get; private init; }

    /// <summary>The state of every channel of the session, in the order of their opening.</summary>
    public ImmutableList<(MediaChannel Channel, Presence Presence)> Channels { get; private init; } = [];

    /// <summary>The chats that are offered to, or held by, the agent.</summary>
    public ImmutableSortedSet<ChatId> Chats { get; private init; } =
        ImmutableSortedSet<ChatId>.Empty.WithComparer(Comparer<ChatId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value)));

    /// <summary>
    /// Those among them that take up no place of the capacity: where the agent advises or supervises.
    /// </summary>
    public ImmutableHashSet<ChatId> Attended { get; private init; } = [];

    /// <summary>How many places of the capacity are taken.</summary>
    public int Load => Chats.Count - Attended.Count;

    /// <summary>The agents whose next chats this supervisor follows.</summary>
    public ImmutableDictionary<AgentId, Supervision> Supervising { get; private init; } =
        ImmutableDictionary<AgentId, Supervision>.Empty;

    /// <summary>
    /// Since when the agent has had nothing new to do: the latest of becoming ready, being offered and being done with a chat.
    /// </summary>
    public DateTimeOffset IdleSince { get; private init; }

    /// <summary>Whether anything here would be missed: a session, or chats that are yet to be released.</summary>
    public bool IsLive => InSession || !Chats.IsEmpty;

    public Presence? PresenceOn(MediaChannel channel) => Channels.Find(c => c.Channel == channel).Presence;

    /// <summary>The agent may be offered chats.</summary>
    public bool IsReadyForChats => InSession && PresenceOn(MediaChannel.Chat)?.Readiness == Readiness.Ready;

    /// <summary>Every change of state there is.</summary>
    public Agent Apply(AgentEvent e, Stamp stamp) => e switch
    {
        AgentSessionStarted s => this with { Id = s.Agent, InSession = true, Seat = s.Place, Channels = [] },
        ChannelChanged c => Set(c, stamp),
        ChatTaken t => this with { Chats = Chats.Add(t.Chat), Attended = Attended.Remove(t.Chat), IdleSince = stamp.At },
        ChatAttended a => this with { Chats = Chats.Add(a.Chat), Attended = Attended.Add(a.Chat) },
        ChatReleased r => Released(r.Chat, stamp),
        SupervisionStarted s => this with { Supervising = Supervising.SetItem(s.Agent, new(s.As, s.Extent, s.Nickname)) },
        SupervisionEnded s => this with { Supervising = Supervising.Remove(s.Agent) },
        SignedOut => this,
        AgentSessionEnded => this with { InSession = false, Channels = [], Supervising = Supervising.Clear() },
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "Not an event of an agent."),
    };

    /// <summary>Applies the events of one command.</summary>
    public Agent Apply(IEnumerable<AgentEvent> events, Stamp stamp) =>
        events.Aggregate(this, (agent, e) => agent.Apply(e, stamp));

    private Agent Released(ChatId chat, Stamp stamp) => this with
    {
        Chats = Chats.Remove(chat),
        Attended = Attended.Remove(chat),
        IdleSince = Attended.Contains(chat) ? IdleSince : stamp.At,
    };

    private Agent Set(ChannelChanged change, Stamp stamp)
    {
        var at = Channels.FindIndex(c => c.Channel == change.Channel);
        var entry = (change.Channel, change.Presence);
        var becameReady = change.Presence.Readiness == Readiness.Ready
            && PresenceOn(change.Channel)?.Readiness != Readiness.Ready;
        return this with
        {
            Channels = at < 0 ? Channels.Add(entry) : Channels.SetItem(at, entry),
            IdleSince = becameReady ? stamp.At : IdleSince,
        };
    }
}
