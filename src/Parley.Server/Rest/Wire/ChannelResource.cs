using Parley.Agents;

namespace Parley.Server.Rest.Wire;

/// <summary>A media channel of an agent.</summary>
/// <param name="Channel">The medium: <c>chat</c>.</param>
/// <param name="DndState">Whether the agent is not to be disturbed.</param>
/// <param name="UserState">The agent's state on the channel.</param>
/// <remarks>
/// <c>{"channel":"chat","dndState":"Off","userState":{"id":"9430250E-…","displayName":"Ready","state":"Ready"}}</c>.
/// Source: ChannelsResource.
/// </remarks>
internal sealed record ChannelResource(string Channel, DoNotDisturb DndState, UserStateResource UserState)
{
    public static ChannelResource Of(MediaChannel channel, Presence presence) => new(
        channel.Name, presence.DoNotDisturb,
        new UserStateResource(presence.StateId, presence.DisplayName, presence.Readiness, presence.Reason, presence.WorkMode));
}

/// <summary>
/// The state of a channel: <c>{"id":"6D1E…","state":"NotReady","displayName":"Out to Lunch","reason":"Lunch"}</c>.
/// </summary>
/// <param name="Id">The state's id, a constant of the protocol for Ready, Not Ready and Offline.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="State">Whether the agent is open to offers.</param>
/// <param name="Reason">Why the agent is not ready.</param>
/// <param name="WorkMode">After-contact work.</param>
internal sealed record UserStateResource(
    string Id, string DisplayName, Readiness State, string? Reason = null, string? WorkMode = null);
