namespace Parley.Bayeux;

/// <summary>What concerns WebSockets alone, and slow connections.</summary>
public sealed partial class BayeuxOptions
{
    /// <summary>Waiting events are joined into WebSocket frames up to this size; a larger event travels alone.</summary>
    public int MaxFrameSize { get; set; } = 32 * 1024;

    /// <summary>How often a WebSocket without traffic is pinged; while connects come and go there is traffic.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a WebSocket may bring no message of a session while no connect is held, and how long a ping may stay unanswered.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a write may make no progress; then the connection is cut and the session kept.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to close its WebSocket after a disconnect, or to answer a close.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The subprotocol a WebSocket must offer, or the upgrade is refused with 400; null for none.</summary>
    public string? WebSocketSubProtocol { get; set; }

    /// <summary>Whether a new WebSocket needs a handshake, so that none resumes a session begun elsewhere.</summary>
    public bool RequireHandshakePerConnection { get; set; }

    /// <summary>
    /// Whether WebSockets are compressed (permessage-deflate) where clients offer it. Off by default: it costs memory and time
    /// per message, and the length of secrets compressed beside text of an attacker's choice tells about them. Each message
    /// is compressed by itself.
    /// </summary>
    public bool CompressWebSockets { get; set; }
}
