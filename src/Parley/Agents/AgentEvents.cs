using System.Collections.Immutable;
using Parley.Chats;

namespace Parley.Agents;

/// <summary>Something that happened to an agent's contact-centre session. These are stored for ever.</summary>
public abstract record AgentEvent;

/// <summary>The agent signed in for work.</summary>
/// <param name="Place">The seat that was named; kept, not checked.</param>
public sealed record AgentSessionStarted(AgentId Agent, string? Place) : AgentEvent;

/// <summary>A media channel of the agent changed its state, or was opened.</summary>
public sealed record ChannelChanged(MediaChannel Channel, Presence Presence) : AgentEvent;

/// <summary>The agent has the chat: it was offered, and takes up one place of the capacity.</summary>
public sealed record ChatTaken(ChatId Chat) : AgentEvent;

/// <summary>The agent has the chat without its taking up a place: it advises or supervises there.</summary>
public sealed record ChatAttended(ChatId Chat) : AgentEvent;

/// <summary>The agent no longer has the chat.</summary>
public sealed record ChatReleased(ChatId Chat) : AgentEvent;

/// <summary>A supervisor follows an agent's chats from now on, in place of what was agreed before.</summary>
public sealed record SupervisionStarted(
    AgentId Agent, ChatRole As, MonitoringExtent Extent, string Nickname) : AgentEvent;

/// <summary>A supervisor no longer follows an agent's chats; those it is on go on.</summary>
public sealed record SupervisionEnded(AgentId Agent) : AgentEvent;

/// <summary>The contact-centre session is over; chats that are still with the agent are about to be released.</summary>
public sealed record AgentSessionEnded(ImmutableArray<MediaChannel> Channels, SessionEndReason Why) : AgentEvent;

/// <summary>The agent logged out of an HTTP session: its cookie counts no more, on any node.</summary>
/// <param name="Session">What the session is known by; not its secret.</param>
public sealed record SignedOut(string Session) : AgentEvent;

/// <summary>Why a contact-centre session ended.</summary>
public enum SessionEndReason
{
    LoggedOut,
    Disappeared,

    /// <summary>The contact centre no longer has the user, or no longer lets it in.</summary>
    Disabled,
}
