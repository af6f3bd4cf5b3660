using Parley.Bayeux;

namespace Parley.Server.Customers;

/// <summary>Everybody gets a session, and it may do nothing but talk to the service channels.</summary>
internal sealed class GmsCometdPolicy : IBayeuxPolicy
{
    /// <summary>Customers are anonymous: each session is somebody of its own, whom its chat's key makes a customer.</summary>
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake) =>
        new(HandshakeVerdict.Accept($"customer {Guid.NewGuid():N}", Caller.Of(handshake.Http)));

    public ValueTask<Permission> AuthorizeSubscribe(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        new(Permission.Refused);

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        new(Permission.Refused);
}
