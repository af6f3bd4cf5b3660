using Parley.Bayeux;
using Parley.Server.Accounts;
using Parley.Server.Rest;

namespace Parley.Server.Notifications;

/// <summary>Who gets a notification session, and what it may do: listen to its own user's topics, and nothing else.</summary>
internal sealed class NotificationPolicy : IBayeuxPolicy
{
    /// <summary>Only a signed-in user gets a session; the session is that user's.</summary>
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(HandshakeRequest request) => ValueTask.FromResult(
        SignedInUser.Of(request.HttpContext) is { } me
            ? HandshakeVerdict.Accept(me.Id.Value, new Listener(Links.Of(request.HttpContext), me.Session))
            : HandshakeVerdict.Deny());

    public bool CanSubscribe(BayeuxSession session, ChannelName channelOrPattern) => Topics.IsOpen(channelOrPattern);

    /// <summary>Clients only listen.</summary>
    public bool CanPublish(BayeuxSession session, ChannelName channel) => false;
}
