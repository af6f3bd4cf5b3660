using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Something that happened in a chat. These are stored for ever.</summary>
public abstract record ChatEvent;

/// <summary>A customer asked for a chat; it waits in a queue from now on.</summary>
/// <param name="Service">The chat service through whose door the customer came.</param>
/// <param name="KeyHash">SHA-256 of the key that lets the customer back in, in lower-case hexadecimal.</param>
/// <param name="UserId">The customer's id at the door: 16 upper-case hexadecimal digits.</param>
/// <param name="Door">The kind of door: no other lets the customer back in.</param>
/// <param name="Attendance">Whether the customer has to be there all the time.</param>
/// <param name="Contact">Whom the customer was known to be; null for a stranger of whom nothing is kept.</param>
/// <param name="LastAgent">Who is to be asked first; null for whoever is free.</param>
public sealed record ChatRequested(
    ChatId Chat, string Service, QueueName Queue, string Nickname, string KeyHash, string UserId,
    ImmutableSortedDictionary<string, DataValue> UserData, Door Door = Door.Gms,
    Attendance Attendance = Attendance.Live, ContactId? Contact = null, AgentId? LastAgent = null) : ChatEvent;

public sealed record CustomerJoined : ChatEvent;

/// <param name="Attributes">Structured content beside the text: a JSON object as it was sent, or null.</param>
public sealed record CustomerSaid(string Text, string? MessageType = null, string? Attributes = null) : ChatEvent;

/// <param name="Preview">What stands in the input box, where agents may see it; only they do.</param>
public sealed record CustomerStartedTyping(string? Preview = null) : ChatEvent;

public sealed record CustomerStoppedTyping : ChatEvent;

public sealed record CustomerPushedUrl(string Url) : ChatEvent;

/// <summary>The customer's application signals something to the agent's.</summary>
/// <inheritdoc cref="CustomerSaid" path="/param"/>
public sealed record CustomerSentCustomNotice(string Text, string? Attributes = null) : ChatEvent;

public sealed record CustomerRenamed(string Nickname) : ChatEvent;

/// <summary>The customer has read everything up to an index.</summary>
public sealed record CustomerRead(int Index) : ChatEvent;

/// <summary>A customer who keeps no positions was given everything up to an index, which it is not given again.</summary>
/// <param name="UpTo">The index; <see cref="int.MaxValue"/> once it was told of the end.</param>
public sealed record TranscriptDelivered(int UpTo) : ChatEvent;

/// <summary>The customer added a file; its content is kept outside the log.</summary>
public sealed record FileAdded(ChatFile File) : ChatEvent;

/// <summary>The customer took a file out of the chat: nobody gets it any more.</summary>
public sealed record FileRemoved(string FileId) : ChatEvent;

/// <summary>The customer fetched a file; how often that may be done is limited.</summary>
public sealed record FileFetched(string FileId) : ChatEvent;

/// <summary>The server said something to everyone, under the name <c>system</c>.</summary>
public sealed record SystemSaid(string Text) : ChatEvent;

/// <summary>The server told a customer who waits its place in the queue.</summary>
public sealed record PositionTold(string Text, int Position) : ChatEvent;

/// <summary>Nobody has said anything for a while, and everyone was warned.</summary>
/// <param name="Next">What comes next if nothing is said: another warning or the end.</param>
/// <param name="Seconds">In how many seconds; 0 if nothing follows.</param>
/// <param name="Until">When that is.</param>
public sealed record IdleWarned(string Text, IdleStep Next, int Seconds, DateTimeOffset Until) : ChatEvent;

/// <summary>Nobody said anything after the last warning; the session's end follows.</summary>
public sealed record IdleEnded(string Text) : ChatEvent;

/// <summary>Somebody is there without saying anything.</summary>
public sealed record IdleTimerCancelled : ChatEvent;

/// <summary>The session is over for the customer, whoever ended it; agents who were chatting have after-chat work left.</summary>
public sealed record CustomerLeft(QuitReason Why) : ChatEvent;

/// <summary>The chat is offered to an agent, who has until then to accept.</summary>
/// <param name="As">The role that accepting brings.</param>
public sealed record AgentInvited(AgentId Agent, DateTimeOffset Until, ChatRole As = ChatRole.Owner) : ChatEvent;

public sealed record AgentRejected(AgentId Agent) : ChatEvent;

/// <summary>
/// Somebody was asked for help, or to take the chat over, who must not be noticed: to whoever asked it is as if the answer were
/// no, and the agent asked hears nothing of it.
/// </summary>
public sealed record AskedInVain(AgentId Agent, ChatRole As) : ChatEvent;

/// <summary>The chat was taken away from the agent.</summary>
public sealed record AgentRevoked(AgentId Agent, RevokeReason Why) : ChatEvent;

/// <summary>The agent takes part in the session from now on.</summary>
/// <param name="Watching">The agent whose joining brought this supervisor along; null for who came by itself.</param>
public sealed record AgentJoined(
    AgentId Agent, string Nickname, ChatRole As = ChatRole.Owner, AgentId? Watching = null) : ChatEvent;

/// <summary>The agent takes part in another role; who is to notice it may change with that.</summary>
public sealed record AgentRoleChanged(AgentId Agent, ChatRole As) : ChatEvent;

/// <summary>The agent accepted a chat whose session is over: only after-chat work is left.</summary>
public sealed record AgentJoinFailed(AgentId Agent) : ChatEvent;

/// <summary>An agent said something.</summary>
/// <param name="To">Whom it is for; never more than may notice the agent.</param>
public sealed record AgentSaid(
    AgentId Agent, string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal,
    Visibility To = Visibility.All) : ChatEvent;

/// <inheritdoc cref="AgentSaid"/>
public sealed record AgentStartedTyping(AgentId Agent, Visibility To = Visibility.All) : ChatEvent;

/// <inheritdoc cref="AgentSaid"/>
public sealed record AgentStoppedTyping(AgentId Agent, Visibility To = Visibility.All) : ChatEvent;

/// <summary>An agent sent a link to open.</summary>
public sealed record AgentPushedUrl(AgentId Agent, string Url) : ChatEvent;

/// <summary>An agent's application sent a signal that means something to another application.</summary>
/// <inheritdoc cref="AgentSaid" path="/param"/>
public sealed record AgentSentCustomNotice(AgentId Agent, string Text, Visibility To = Visibility.All) : ChatEvent;

/// <summary>A line of information appeared in the agent's name.</summary>
/// <inheritdoc cref="AgentSaid" path="/param"/>
public sealed record AgentNoticed(AgentId Agent, string Text, Visibility To) : ChatEvent;

/// <summary>The agent wants to be told the transcript again, from an index on.</summary>
public sealed record HistoryRequested(AgentId Agent, int From) : ChatEvent;

/// <summary>The agent left the session; whether it still holds the interaction, the next event says.</summary>
public sealed record AgentLeft(AgentId Agent) : ChatEvent;

/// <summary>The agent is done with the chat.</summary>
public sealed record AgentCompleted(AgentId Agent) : ChatEvent;

public sealed record AgentFocused(AgentId Agent, bool InFocus) : ChatEvent;

/// <summary>Pairs were set and keys removed; both may be empty, as when an unknown key was deleted.</summary>
public sealed record UserDataChanged(
    ImmutableSortedDictionary<string, DataValue> Set, ImmutableArray<string> Removed) : ChatEvent;

public sealed record DispositionSet(AgentId Agent, string Key, string Disposition) : ChatEvent;

/// <summary>The agent asked to be remembered as the contact's last agent.</summary>
public sealed record LastAgentSaved(AgentId Agent) : ChatEvent;

/// <summary>The interaction was placed in a queue, after it had been offered or worked on.</summary>
/// <inheritdoc cref="Line" path="/param"/>
public sealed record ChatQueued(QueueName Queue, string? Skill = null, string? Group = null) : ChatEvent;

/// <summary>The interaction is finished: nobody holds it and nobody will be offered it.</summary>
public sealed record ChatEnded : ChatEvent;
