using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>A decision about the operations on some channels, beside the policy's.</summary>
public interface IChannelAuthorizer
{
    /// <summary>Says what it thinks of one operation; messages behind it in the same payload wait for the answer.</summary>
    ValueTask<AuthorizerVerdict> Authorize(
        ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message);
}

/// <summary>What a client wants to do with a channel.</summary>
public enum ChannelOperation
{
    /// <summary>Be the first to subscribe or publish.</summary>
    Create,

    /// <summary>Receive its events.</summary>
    Subscribe,

    /// <summary>Send events to it, or messages to a service.</summary>
    Publish,
}

/// <summary>What one authorizer thinks.</summary>
public sealed class AuthorizerVerdict
{
    private AuthorizerVerdict(Permission? permission) => Permission = permission;

    /// <summary>Yes, unless another denies.</summary>
    public static AuthorizerVerdict Grant { get; } = new(Permission.Granted);

    /// <summary>No opinion: others decide, and if none grants it is refused.</summary>
    public static AuthorizerVerdict Ignore { get; } = new(permission: null);

    internal Permission? Permission { get; }

    /// <summary>No, whatever others say; with the same words to the client as <see cref="Permission.Denied"/>.</summary>
    public static AuthorizerVerdict Deny(string reason, JsonObject? ext = null, JsonObject? advice = null) =>
        new(Permission.Denied(reason, ext, advice));
}
