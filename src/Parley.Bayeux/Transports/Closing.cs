using System.Net.WebSockets;

namespace Parley.Bayeux.Transports;

/// <summary>Why the server closes a WebSocket: the status and a fixed reason, which never quotes the client.</summary>
internal sealed record Closing(WebSocketCloseStatus Status, string Reason)
{
    public static readonly Closing Malformed = new(WebSocketCloseStatus.InvalidPayloadData, "not a Bayeux payload");
    public static readonly Closing Protocol = new(WebSocketCloseStatus.ProtocolError, "not allowed in Bayeux");
    public static readonly Closing TooMany = new(WebSocketCloseStatus.PolicyViolation, "too many messages");
    public static readonly Closing TooLarge = new(WebSocketCloseStatus.MessageTooBig, "message too large");
    public static readonly Closing Binary = new(WebSocketCloseStatus.InvalidMessageType, "text only");
    public static readonly Closing Failed = new(WebSocketCloseStatus.InternalServerError, "internal error");
    public static readonly Closing Idle = new(WebSocketCloseStatus.EndpointUnavailable, "idle");
    public static readonly Closing Stopping = new(WebSocketCloseStatus.EndpointUnavailable, "server stopping");
    public static readonly Closing Expired = new(WebSocketCloseStatus.NormalClosure, "session expired");
    public static readonly Closing Disconnected = new(WebSocketCloseStatus.NormalClosure, "disconnected");
    public static readonly Closing Replaced = new(WebSocketCloseStatus.NormalClosure, "session continues elsewhere");
    public static readonly Closing Early = new(WebSocketCloseStatus.NormalClosure, "opened before the handshake was answered");
    public static readonly Closing TooSlow = new(WebSocketCloseStatus.PolicyViolation, "too slow");

    public static Closing For(PayloadFault fault) => fault switch
    {
        PayloadFault.Malformed => Malformed,
        PayloadFault.TooMany => TooMany,
        _ => Protocol,
    };
}
