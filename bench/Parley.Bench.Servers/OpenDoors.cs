using Parley.Bayeux;

namespace Parley.Bench.Servers;

/// <summary>The policy of a server that lets everybody do everything.</summary>
internal sealed class OpenDoors : IBayeuxPolicy
{
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake) => new(HandshakeVerdict.Accept("guest"));

    public ValueTask<Permission> AuthorizeSubscribe(
        BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) => new(Permission.Granted);

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        new(Permission.Granted);
}
