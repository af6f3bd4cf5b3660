using System.Collections.Immutable;
using Parley.Chats;

namespace Parley.Agents;

/// <summary>Something that is to happen to an agent's session.</summary>
public abstract record AgentSessionOperation
{
    /// <summary>The answer to whoever wants to give the agent a chat, whatever the cause.</summary>
    internal static readonly Rejection CannotTake = new(Reason.InvalidInState, "The agent cannot take a chat now.");

    /// <summary>The answer to a supervisor who is not at work.</summary>
    private protected static readonly Rejection NoSession = new(Reason.InvalidInState, "Start a contact-centre session first.");

    /// <summary>What it leads to for the agent as it is; changes nothing.</summary>
    public abstract Decision<AgentEvent> Decide(Agent agent);
}

/// <summary>The agent signs in for work on some channels; in a running session, channels are added and states kept.</summary>
/// <param name="Channels">The channels to open, each with the state in which it opens.</param>
/// <remarks>Source: Web Services API Reference, "StartContactCenterSession".</remarks>
public sealed record StartContactCenterSession(
    AgentId Agent, ImmutableArray<(MediaChannel Channel, Presence Presence)> Channels, string? Place = null)
    : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent)
    {
        AgentEvent[] started = agent.InSession ? [] : [new AgentSessionStarted(Agent, Place)];
        var opened = Channels
            .Where(c => !agent.InSession || agent.PresenceOn(c.Channel) is null or { Readiness: Readiness.LoggedOut })
            .Select(c => new ChannelChanged(c.Channel, c.Presence));
        return [.. started, .. opened];
    }
}

/// <summary>The agent's work is over, by its own wish or because it disappeared.</summary>
/// <remarks>Without a session there is nothing to end, and that is no error: clients send it twice on their way out.</remarks>
public sealed record EndContactCenterSession(SessionEndReason Why) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.InSession ? [new AgentSessionEnded([.. agent.Channels.Select(c => c.Channel)], Why)] : [];
}

/// <summary>The agent logs out of an HTTP session; the contact-centre session goes on.</summary>
/// <param name="Session">What the session is known by; not its secret.</param>
public sealed record SignOut(string Session) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) => [new SignedOut(Session)];
}

/// <summary>The agent changes the state of one channel, or of all.</summary>
/// <param name="Channel">The channel; null for every channel of the session.</param>
/// <param name="Change">From the present state of a channel to the new one.</param>
/// <remarks>
/// Refused: InvalidInState without a session; NotFound for a channel that the session does not have.
/// Source: Web Services API Reference, "SettingAgentStateChannel".
/// </remarks>
public sealed record ChangePresence(MediaChannel? Channel, Func<Presence, Presence> Change) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent)
    {
        if (!agent.InSession) return new Rejection(Reason.InvalidInState, "There is no contact-centre session.");
        if (Channel is { } one && agent.PresenceOn(one) is null)
            return new Rejection(Reason.NotFound, $"Channel {one} was not found in the session.");
        return
        [
            .. agent.Channels
                .Where(c => Channel is null || c.Channel == Channel)
                .Select(c => new ChannelChanged(c.Channel, Change(c.Presence))),
        ];
    }
}

/// <summary>A chat is offered to the agent and takes up one place of the capacity.</summary>
/// <param name="Capacity">How many chats the agent may have at once, offered ones included.</param>
/// <remarks>Refused: InvalidInState unless the agent is ready and below capacity.</remarks>
public sealed record TakeChat(ChatId Chat, int Capacity) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.IsReadyForChats && agent.Load < Capacity && !agent.Chats.Contains(Chat) ? [new ChatTaken(Chat)] : CannotTake;
}

/// <summary>The agent is asked for advice in a chat, which takes up no place of the capacity.</summary>
/// <remarks>Refused: InvalidInState unless the agent is ready.</remarks>
public sealed record AttendChat(ChatId Chat) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.IsReadyForChats && !agent.Chats.Contains(Chat) ? [new ChatAttended(Chat)] : CannotTake;
}

/// <summary>The agent is asked for what it will decline: it must be as ready for it as for what it would take.</summary>
/// <param name="Capacity">How many chats the agent may have at once; null where that does not matter.</param>
/// <remarks>Refused: InvalidInState unless the agent is ready and below capacity.</remarks>
public sealed record BeAsked(int? Capacity) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.IsReadyForChats && (Capacity is null || agent.Load < Capacity) ? [] : CannotTake;
}

/// <summary>A supervisor comes into a chat, ready for chats of its own or not.</summary>
/// <param name="Watching">The agent whose chat brought the supervisor along; null when it asked for this chat.</param>
/// <remarks>Refused: InvalidInState without a session, or when it does not follow that agent any more.</remarks>
public sealed record FollowChat(ChatId Chat, AgentId? Watching = null) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent)
    {
        if (!agent.InSession) return NoSession;
        AgentEvent[] attended = agent.Chats.Contains(Chat) ? [] : [new ChatAttended(Chat)];
        if (Watching is not { } watched) return Decision.Of<AgentEvent>(attended);
        if (!agent.Supervising.TryGetValue(watched, out var supervision)) return CannotTake;
        return supervision.Extent == MonitoringExtent.NextChat ? [.. attended, new SupervisionEnded(watched)] : [.. attended];
    }
}

/// <summary>A chat in which the agent advised is its own from now on, and takes up a place even of a full capacity.</summary>
public sealed record OwnChat(ChatId Chat) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) => agent.Attended.Contains(Chat) ? [new ChatTaken(Chat)] : [];
}

/// <summary>A supervisor wants to be brought along into the chats that an agent accepts from now on.</summary>
/// <remarks>
/// What was agreed for the same agent before is replaced. Refused: InvalidInState without a session.
/// Source: Web Services API Reference, "ChatMonitor", "ChatCoach", "ChatBargeIn".
/// </remarks>
public sealed record Supervise(AgentId Agent, ChatRole As, MonitoringExtent Extent, string Nickname) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.InSession
            ? [new SupervisionStarted(Agent, As, Extent, Nickname)]
            : NoSession;
}

/// <summary>A supervisor no longer wants to be brought along; chats it is on go on.</summary>
/// <remarks>
/// Refused: InvalidInState when there is nothing to cancel.
/// Source: Web Services API Reference, "ChatCancelSupervisorMonitoring".
/// </remarks>
public sealed record CancelSupervisorMonitoring(AgentId Agent) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) =>
        agent.Supervising.ContainsKey(Agent)
            ? [new SupervisionEnded(Agent)]
            : new Rejection(Reason.InvalidInState, "The agent's chats are not being monitored by you.");
}

/// <summary>The agent is done with a chat.</summary>
public sealed record ReleaseChat(ChatId Chat) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) => agent.Chats.Contains(Chat) ? [new ChatReleased(Chat)] : [];
}
