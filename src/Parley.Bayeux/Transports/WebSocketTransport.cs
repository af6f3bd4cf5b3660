using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux.Transports;

/// <summary>
/// <c>websocket</c>: accepts upgrades. Uncompressed, for compression costs memory and mixes secrets with others' text.
/// </summary>
internal sealed class WebSocketTransport(BayeuxServer server, IBayeuxPolicy policy, ILogger<BayeuxServer> log)
{
    public async Task Serve(HttpContext context)
    {
        var terms = new WebSocketAcceptContext
        {
            // The socket pings by itself; its clock is the system's.
            KeepAliveInterval = server.Options.PingInterval,
            KeepAliveTimeout = server.Options.IdleTimeout,
        };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(terms);
        using var connection = new WebSocketConnection(socket, context, server, policy, log);
        await connection.Run();
    }
}
