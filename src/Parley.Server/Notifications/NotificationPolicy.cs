using System.Text.Json.Nodes;
using Parley.Bayeux;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Notifications;

/// <summary>
/// Who gets a notification session, and what it may do: listen to what is meant for its user, and nothing else.
/// </summary>
internal sealed class NotificationPolicy(ContactCenter center, Resume resume) : IBayeuxPolicy
{
    /// <summary>Only a signed-in user gets a session; the session is that user's.</summary>
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(BayeuxMessage handshake) => ValueTask.FromResult(
        SignedInUser.Of(handshake.Http) is { } me
            ? Accepted(me, handshake)
            : HandshakeVerdict.Deny());

    public async ValueTask<Permission> AuthorizeSubscribe(
        BayeuxSession session, ChannelName channelOrPattern, BayeuxMessage message) =>
        center.Users.ById(new AgentId(session.Principal)) is { } user && Topics.IsOpenTo(user, channelOrPattern)
            ? await resume.Prepare(session, channelOrPattern, message) ?? Permission.Granted
            : Permission.Refused;

    /// <summary>Clients only listen.</summary>
    public ValueTask<Permission> AuthorizePublish(BayeuxSession session, ChannelName channel, BayeuxMessage message) =>
        new(Permission.Refused);

    private static HandshakeVerdict Accepted(SignedInUser me, BayeuxMessage handshake)
    {
        var manner = ReplayId.IsAskedFor(handshake) ? Manner.Numbered : Manner.Plain;
        return HandshakeVerdict.Accept(
            me.Id.Value, new Listener(Links.Of(handshake.Http), me.Session, manner),
            manner == Manner.Numbered ? new JsonObject { ["replay"] = true } : null);
    }
}
