using Parley.Agents;
using Parley.Server.Hosting;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>Who is logged in where, and could be given a chat now.</summary>
internal sealed class Availability(AgentHost agents, Capacity capacity)
{
    /// <summary>The channels on which the user is logged in.</summary>
    public IEnumerable<(MediaChannel Channel, Presence Presence)> Channels(AgentId user) =>
        agents.Find(user).Channels.Where(c => c.Presence.Readiness != Readiness.LoggedOut);

    /// <summary>The user's availability; null unless the user is logged in on some channel.</summary>
    public AvailabilityResource? Of(AgentId user)
    {
        var isBelowCapacity = agents.Find(user).Load < capacity.Of(user);
        AvailableChannelResource[] channels =
        [
            .. Channels(user).Select(c => new AvailableChannelResource(
                c.Channel.Name, IsOpen(c.Presence) && isBelowCapacity, ChannelResource.Of(c.Channel, c.Presence).UserState)),
        ];
        return channels.Length == 0 ? null : new(channels);
    }

    private static bool IsOpen(Presence presence) =>
        presence is { Readiness: Readiness.Ready, DoNotDisturb: DoNotDisturb.Off };
}
