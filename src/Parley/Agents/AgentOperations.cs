using System.Collections.Immutable;

namespace Parley.Agents;

/// <summary>Something that is to happen to an agent's session.</summary>
public abstract record AgentSessionOperation
{
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
        agent.IsReadyForChats && agent.Chats.Count < Capacity && !agent.Chats.Contains(Chat)
            ? [new ChatTaken(Chat)]
            : new Rejection(Reason.InvalidInState, "The agent cannot take a chat now.");
}

/// <summary>The agent is done with a chat.</summary>
public sealed record ReleaseChat(ChatId Chat) : AgentSessionOperation
{
    public override Decision<AgentEvent> Decide(Agent agent) => agent.Chats.Contains(Chat) ? [new ChatReleased(Chat)] : [];
}
