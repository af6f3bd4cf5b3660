using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>
/// <c>websocket</c>: accepts upgrades over HTTP/1.1 and extended CONNECT over HTTP/2.
/// </summary>
internal sealed class WebSocketTransport(BayeuxServer server)
{
    /// <summary>False if a subprotocol is configured and the client does not offer it.</summary>
    public bool Speaks(WebSocketManager upgrade) =>
        server.Options.WebSocketSubProtocol is not { } own || upgrade.WebSocketRequestedProtocols.Contains(own);

    public async Task Serve(HttpContext context)
    {
        // Browsers say where a page comes from. Its sessions are resumed with the cookie, never by their id alone.
        if (context.Request.Headers.Origin.Count > 0) SessionClaim.EnsureBrowser(context, server.Options);

        var terms = new WebSocketAcceptContext
        {
            SubProtocol = server.Options.WebSocketSubProtocol,
            DangerousEnableCompression = server.Options.CompressWebSockets,
            DisableServerContextTakeover = true,
            // The socket pings by itself; its clock is the system's.
            KeepAliveInterval = server.Options.PingInterval,
            KeepAliveTimeout = server.Options.IdleTimeout,
        };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(terms);
        using var connection = new WebSocketConnection(socket, context, server);
        await connection.Run();
    }
}
