using Parley.Agents;

namespace Parley.Server.Rest.Wire;

/// <summary>A media channel of an agent.</summary>
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
internal sealed record UserStateResource(
    string Id, string DisplayName, Readiness State, string? Reason = null, string? WorkMode = null);
