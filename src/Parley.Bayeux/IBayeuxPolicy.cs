using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>What the host decides about its clients. Without one in the container everything is refused.</summary>
public interface IBayeuxPolicy
{
    /// <summary>Decides on a handshake; asked once per handshake, before the session exists.</summary>
    ValueTask<HandshakeVerdict> AuthorizeHandshake(HandshakeRequest request);

    /// <summary>
    /// Says whether the session may subscribe to a plain channel or a pattern. Grant a pattern only if the session may
    /// receive what is published on every channel it matches. Never asked about meta and service channels.
    /// </summary>
    bool CanSubscribe(BayeuxSession session, ChannelName channelOrPattern);

    /// <summary>Says whether the session may publish to a plain broadcast channel.</summary>
    bool CanPublish(BayeuxSession session, ChannelName channel);
}

/// <summary>A client's wish for a session.</summary>
/// <param name="HttpContext">
/// The request, or for WebSocket the upgrade, that carries the handshake; already authenticated by the host.
/// </param>
/// <param name="Ext">
/// The handshake's <c>ext</c> member as raw JSON, empty if absent; valid only until the policy has answered.
/// </param>
public sealed record HandshakeRequest(HttpContext HttpContext, ReadOnlyMemory<byte> Ext);

/// <summary>The answer to a handshake: refused, or accepted as somebody.</summary>
public sealed class HandshakeVerdict
{
    private static readonly HandshakeVerdict Denied = new(null, null);

    private HandshakeVerdict(string? principal, object? state)
    {
        Principal = principal;
        State = state;
    }

    /// <summary>Whose session it becomes; null if refused.</summary>
    public string? Principal { get; }

    /// <summary>The host's own object, kept as <see cref="BayeuxSession.State"/>.</summary>
    public object? State { get; }

    /// <summary>The client gets a session that belongs to <paramref name="principal"/>.</summary>
    public static HandshakeVerdict Accept(string principal, object? state = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(principal);
        return new HandshakeVerdict(principal, state);
    }

    /// <summary>The client gets <c>403::handshake_denied</c> and is told not to try again.</summary>
    public static HandshakeVerdict Deny() => Denied;
}

/// <summary>The policy of a host that has none: nobody gets in.</summary>
internal sealed class DenyEverything : IBayeuxPolicy
{
    public ValueTask<HandshakeVerdict> AuthorizeHandshake(HandshakeRequest request) => new(HandshakeVerdict.Deny());

    public bool CanSubscribe(BayeuxSession session, ChannelName channelOrPattern) => false;

    public bool CanPublish(BayeuxSession session, ChannelName channel) => false;
}
