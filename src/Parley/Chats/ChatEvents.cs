using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Something that happened in a chat. These are stored for ever.</summary>
public abstract record ChatEvent;

/// <summary>A customer asked for a chat; it waits in a queue from now on.</summary>
/// <param name="Service">The chat service through whose door the customer came.</param>
/// <param name="KeyHash">SHA-256 of the key that lets the customer back in, in lower-case hexadecimal.</param>
/// <param name="UserId">The customer's id at the door: 16 upper-case hexadecimal digits.</param>
public sealed record ChatRequested(
    ChatId Chat, string Service, QueueName Queue, string Nickname, string KeyHash, string UserId,
    ImmutableSortedDictionary<string, DataValue> UserData) : ChatEvent;

public sealed record CustomerJoined : ChatEvent;

public sealed record CustomerSaid(string Text, string? MessageType = null) : ChatEvent;

public sealed record CustomerStartedTyping : ChatEvent;

public sealed record CustomerStoppedTyping : ChatEvent;

/// <summary>The session is over for the customer, whoever ended it; agents who were chatting have after-chat work left.</summary>
public sealed record CustomerLeft(QuitReason Why) : ChatEvent;

/// <summary>The chat is offered to an agent, who has until then to accept.</summary>
public sealed record AgentInvited(AgentId Agent, DateTimeOffset Until) : ChatEvent;

public sealed record AgentRejected(AgentId Agent) : ChatEvent;

/// <summary>The chat was taken away from the agent.</summary>
public sealed record AgentRevoked(AgentId Agent, RevokeReason Why) : ChatEvent;

public sealed record AgentJoined(AgentId Agent, string Nickname) : ChatEvent;

/// <summary>The agent accepted a chat whose session is over: only after-chat work is left.</summary>
public sealed record AgentJoinFailed(AgentId Agent) : ChatEvent;

public sealed record AgentSaid(
    AgentId Agent, string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal) : ChatEvent;

public sealed record AgentStartedTyping(AgentId Agent) : ChatEvent;

public sealed record AgentStoppedTyping(AgentId Agent) : ChatEvent;

/// <summary>The agent left the session and still holds the interaction.</summary>
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
public sealed record ChatQueued(QueueName Queue) : ChatEvent;

/// <summary>The interaction is finished: nobody holds it and nobody will be offered it.</summary>
public sealed record ChatEnded : ChatEvent;

/// <summary>Why the customer's session ended; the numbers are those of <c>quit-reason-code</c>.</summary>
/// <remarks>Source: eServices Chat, "Reason Codes".</remarks>
public enum QuitReason
{
    Left = 0,
    WentSilent = 3,
    ClosedByAgent = 4,
}

/// <summary>Why a chat was taken away from an agent.</summary>
public enum RevokeReason
{
    NoAnswer,
    CustomerLeft,
    NotReady,
    LoggedOut,
}

/// <summary>Whether an agent typed a text or software sent it; delivered alike, counted differently.</summary>
public enum TreatAs
{
    Normal,
    System,
}
