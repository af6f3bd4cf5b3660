using Parley.Bayeux;

namespace Parley.Bench.Servers;

/// <summary>The policy of a server that lets everybody do everything.</summary>
internal sealed class OpenDoors : IBayeuxPolicy
{
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(HandshakeRequest request) => new(HandshakeVerdict.Accept("guest"));

    public bool CanSubscribe(BayeuxSession session, ChannelName channelOrPattern) => true;

    public bool CanPublish(BayeuxSession session, ChannelName channel) => true;
}
