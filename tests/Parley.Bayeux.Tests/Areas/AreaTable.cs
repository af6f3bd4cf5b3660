namespace Parley.Bayeux.Tests.Areas;

/// <summary>How an area can be replayed here.</summary>
internal enum Replay
{
    /// <summary>Raw messages over HTTP or WebSocket.</summary>
    Wire,

    /// <summary>A client library, unchanged, against this server.</summary>
    Client,

    /// <summary>The wire or a client, with something of the host's inside the server.</summary>
    Hook,

    /// <summary>Not at all; the table says why.</summary>
    None,
}

/// <summary>One row: an area of a suite, and why it is not replayed if it is not.</summary>
internal sealed record Area(string Suite, string Name, Replay How, string Why = "");

/// <summary>Every area of CometD's and Faye's own test suites, and what this server promises beyond them.</summary>
internal static class AreaTable
{
    private const string Http = "CometD HTTP";
    private const string WebSocket = "CometD WebSocket";
    private const string Transports = "CometD transports";
    private const string JavaScript = "CometD JavaScript";
    private const string Node = "CometD Node";
    private const string Faye = "Faye";
    private const string Reconnects = "No loss across reconnects";
    private const string Quirks = "What clients depend on";
    private const string Own = "Own tests on top";

    public static IReadOnlyList<Area> Rows { get; } =
    [
        new(Http, "Bad JSON, validation", Replay.Wire),
        new(Http, "Browser mapping", Replay.Wire),
        new(Http, "Session hijacking", Replay.Wire),
        new(Http, "Connect with other messages", Replay.Wire),
        new(Http, "Custom advice", Replay.Wire),
        new(Http, "Subscriptions with several channels", Replay.Wire),
        new(Http, "Charset", Replay.Wire),
        new(Http, "Connect-only delivery", Replay.Wire),
        new(Http, "Max queue", Replay.Hook),
        new(Http, "Slow connection", Replay.Wire),
        new(Http, "Disconnect, concurrent disconnect", Replay.Hook),
        new(Http, "Concurrent handshake failure", Replay.Hook),
        new(Http, "Custom deny responses", Replay.Hook),
        new(Http, "Authorizers", Replay.Hook),
        new(Http, "Ack extension", Replay.Wire),
        new(Http, "Extensions (handshake, connect, subscribe, unsubscribe, publish, disconnect)", Replay.Hook),
        new(Http, "Message order", Replay.Hook),
        new(Http, "Services, notifications, thread pool, custom data", Replay.None, "the reference's Java API, not the wire"),
        new(Http, "Sweeping, channels, server lifecycle", Replay.Wire),

        new(WebSocket, "Transport, raw", Replay.Wire),
        new(WebSocket, "Client over WebSocket", Replay.Client),
        new(WebSocket, "Retry and restart", Replay.Client),
        new(WebSocket, "Batched replies", Replay.Client),
        new(WebSocket, "Slow connection", Replay.Client),
        new(WebSocket, "Concurrent abort and publish", Replay.Client),
        new(WebSocket, "Extension negotiation", Replay.Wire),
        new(WebSocket, "URL mappings", Replay.Wire),
        new(WebSocket, "Request context", Replay.Hook),

        new(Transports, "Duplicate connect", Replay.Client),
        new(Transports, "Connect failure with ack / overtaken connect with ack", Replay.Hook),
        new(Transports, "Connect suspended, connection closed", Replay.Wire),
        new(Transports, "Handshake reconnect", Replay.Client),
        new(Transports, "Expired session handshake", Replay.Client),
        new(Transports, "Session hijacking, also by the second message of a batch", Replay.Wire),
        new(Transports, "Max message size", Replay.Client),
        new(Transports, "Server sends before first connect", Replay.Hook),
        new(Transports, "Network failure, short and long", Replay.Client),
        new(Transports, "Transport negotiation and failure", Replay.Client),
        new(Transports, "Response headers rejected, proxy", Replay.Client),
        new(Transports, "Sweep during processing", Replay.Hook),
        new(Transports, "Load", Replay.Client),

        new(JavaScript, "Publish, subscribe, unsubscribe, batch, auto-batch, multi-publish", Replay.Client),
        new(JavaScript, "Publish held until handshook; messages after failed handshake", Replay.Client),
        new(JavaScript, "Handshake properties, dynamic properties, failure, multiple handshakes", Replay.Client),
        new(JavaScript, "Advice", Replay.Client),
        new(JavaScript, "Connect failure, temporary failure, empty response, max network delay", Replay.Client),
        new(JavaScript, "Disconnect by client, in listeners, by server, after deliver", Replay.Client),
        new(JavaScript, "Ack extension; ack + reload; reload; timesync; timestamp; binary", Replay.Client),
        new(JavaScript, "Callback-polling", Replay.Client),
        new(JavaScript, "Charset, falsy data", Replay.Client),
        new(JavaScript, "Cross-origin", Replay.Client),
        new(JavaScript, "Remote calls", Replay.Client),
        new(JavaScript, "Transport negotiation failure, transport failure", Replay.Client),
        new(JavaScript, "URL path", Replay.Wire),
        new(JavaScript, "WebSocket: protocol, connect timeout, network delay, header removed, different URLs", Replay.Client),
        new(JavaScript, "Mix-in, parameter checks, engine tests", Replay.None, "the client's own internals"),

        new(Node, "`cometd-nodejs-client`: client, TypeScript client", Replay.Client),
        new(Node, "… websocket", Replay.Client),
        new(Node, "… cookies", Replay.Client),
        new(Node, "… https, proxy (with include/exclude lists and authentication)", Replay.Client),
        new(Node, "`cometd-nodejs-server`: server", Replay.Wire),
        new(Node, "… usage, integration, chat, extensions, ack", Replay.Hook),

        new(Faye, "handshake", Replay.Wire),
        new(Faye, "connect", Replay.Wire),
        new(Faye, "subscribe / unsubscribe", Replay.Wire),
        new(Faye, "publish", Replay.Wire),
        new(Faye, "disconnect", Replay.Wire),
        new(Faye, "extensions", Replay.Hook),
        new(Faye, "engine", Replay.Wire),
        new(Faye, "node adapter", Replay.Wire),
        new(Faye, "integration", Replay.Client),

        new(Reconnects, "connection dies while a connect is held", Replay.Hook),
        new(Reconnects, "connect reply with batch b lost", Replay.Hook),
        new(Reconnects, "reply arrived, next connect lost", Replay.Hook),
        new(Reconnects, "client slow: sends a second connect while the first is being answered", Replay.Hook),
        new(Reconnects, "client away longer than maxInterval", Replay.Hook),
        new(Reconnects, "server restart", Replay.Client),
        new(Reconnects, "page reload with the reload extension", Replay.Client),
        new(Reconnects, "fallback to another transport", Replay.Hook),

        new(Quirks, "replies echo id as a string", Replay.Wire),
        new(Quirks, "data marks an event; a publish reply must not have it", Replay.Wire),
        new(Quirks, "only status 200 with a non-empty array is success on HTTP", Replay.Wire),
        new(Quirks, "the first connect is answered at once even without advice", Replay.Wire),
        new(Quirks, "connect replies normally carry no advice; with request advice they carry all of it", Replay.Wire),
        new(Quirks, "advice is taken from any message and replaces everything known", Replay.Wire),
        new(Quirks, "a failed handshake without reconnect:none is repeated for ever", Replay.Wire),
        new(Quirks, "402 re-handshakes only when it answers a connect", Replay.Wire),
        new(Quirks, "events precede the connect reply in one response", Replay.Wire),
        new(Quirks, "any HTTP response may carry events; on WebSocket events flow without any connect", Replay.Wire),
        new(Quirks, "URL suffixes and a trailing slash appear on HTTP only", Replay.Wire),
        new(Quirks, "the first handshake goes over WebSocket; the upgrade must fail fast if unsupported", Replay.Wire),
        new(Quirks, "the negotiated transport follows the client's order", Replay.Wire),
        new(Quirks, "a superseded long-poll gets an error status; a superseded WebSocket connect gets nothing", Replay.Wire),
        new(Quirks, "a new WebSocket resumes by clientId without handshake", Replay.Wire),
        new(Quirks, "on disconnect, connect reply before disconnect reply", Replay.Wire),
        new(Quirks, "subscribing to /service/x succeeds and does nothing", Replay.Wire),
        new(Quirks, "remote-call answers repeat the request's id on an event", Replay.Hook),
        new(Quirks, "one copy per session whatever the number of matching subscriptions", Replay.Wire),
        new(Quirks, "every connect reply of an ack session repeats everything unacknowledged", Replay.Hook),
        new(Quirks, "no connect is held longer than advice timeout + 10 s", Replay.Wire),
        new(Quirks, "clients refuse to send single messages above 8192 characters", Replay.None, "a setting of the client"),

        new(Own, "the JavaScript client closes its socket when it disconnects", Replay.Client),
        new(Own, "publisher-sent advice never reaches a subscriber", Replay.Wire),
        new(Own, "all-or-nothing subscribe", Replay.Wire),
        new(Own, "numbers and text in data byte-identical", Replay.Wire),
        new(Own, "queue limit", Replay.Wire),
        new(Own, "stalled reader", Replay.Wire),
        new(Own, "origin checks on HTTP and WebSocket", Replay.Wire),
        new(Own, "5000 idle sessions without per-session buffers", Replay.Wire),
    ];
}
