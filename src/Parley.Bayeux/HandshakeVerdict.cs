using System.Text.Json.Nodes;

namespace Parley.Bayeux;

/// <summary>The answer to a handshake: refused, or accepted as somebody.</summary>
public sealed class HandshakeVerdict
{
    private HandshakeVerdict()
    {
    }

    /// <summary>Whose session it becomes; null if refused.</summary>
    public string? Principal { get; private init; }

    /// <summary>The host's own object, kept as <see cref="BayeuxSession.State"/>.</summary>
    public object? State { get; private init; }

    internal JsonObject? Ext { get; private init; }

    internal JsonObject? Advice { get; private init; }

    /// <summary>
    /// The client gets a session that belongs to <paramref name="principal"/>; <paramref name="ext"/> becomes part of the reply.
    /// </summary>
    public static HandshakeVerdict Accept(string principal, object? state = null, JsonObject? ext = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(principal);
        return new HandshakeVerdict { Principal = principal, State = state, Ext = ext };
    }

    /// <summary>
    /// The client gets <c>403::handshake_denied</c> and is told not to try again, unless <paramref name="advice"/> says
    /// otherwise.
    /// </summary>
    public static HandshakeVerdict Deny(JsonObject? ext = null, JsonObject? advice = null) =>
        new() { Ext = ext, Advice = advice };
}
