namespace Parley.Bayeux;

/// <summary>What the host decides about its clients. Without one in the container everything is refused.</summary>
/// <remarks>
/// Each question may be answered later; the messages behind it in the same payload wait, other payloads do not.
/// </remarks>
public interface IBayeuxPolicy
{
    /// <summary>
    /// Decides on a handshake; asked once per handshake, before the session exists. Who is asking is told by
    /// <see cref="BayeuxMessage.Http"/>, authenticated by the host, or by <see cref="BayeuxMessage.Ext"/>.
    /// </summary>
    ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake);

    /// <summary>
    /// Says whether the session may bring a channel or pattern into being: one that nobody subscribes to and the host has not
    /// declared in <see cref="BayeuxChannels"/>. Asked before the two below.
    /// </summary>
    ValueTask<Permission> AuthorizeCreate(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        new(Permission.Granted);

    /// <summary>
    /// Says whether the session may subscribe to a plain channel or a pattern. Grant a pattern only if the session may
    /// receive what is published on every channel it matches. Never asked about meta and service channels.
    /// </summary>
    ValueTask<Permission> AuthorizeSubscribe(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message);

    /// <summary>
    /// Says whether the session may publish to a plain broadcast channel. Who listens decides on service channels.
    /// </summary>
    ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message);
}

/// <summary>The policy of a host that has none: nobody gets in.</summary>
internal sealed class DenyEverything : IBayeuxPolicy
{
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake) => new(HandshakeVerdict.Deny());

    public ValueTask<Permission> AuthorizeSubscribe(BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        new(Permission.Refused);

    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        new(Permission.Refused);
}
