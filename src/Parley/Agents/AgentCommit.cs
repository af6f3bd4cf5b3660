using System.Collections.Immutable;

namespace Parley.Agents;

/// <summary>What one command did to an agent: the states around it and the events between.</summary>
public sealed record AgentCommit(AgentId Id, Agent Before, ImmutableArray<AgentEvent> Events, Stamp Stamp, Agent After)
{
    /// <summary>Where it stands among all commits; 0 where that is of no concern.</summary>
    public long Position { get; init; }

    /// <summary>The channels that the agent is told about, with their new state; empty when none changed.</summary>
    public ImmutableArray<(MediaChannel Channel, Presence Presence)> ChangedChannels =>
        Events.Any(e => e is AgentSessionEnded)
            ? [.. Before.Channels.Select(c => (c.Channel, Presence.Offline))]
            : [.. After.Channels.Where(c => Events.Any(e => e is ChannelChanged changed && changed.Channel == c.Channel))];
}
