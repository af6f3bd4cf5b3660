using System.Security.Cryptography;

namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/handshake</c>: a client gets a session, always a new one. A missing version or list of connection types is
/// accepted; a list without any type served here is not.
/// </summary>
internal static class Handshake
{
    public static async ValueTask Handle(Exchange exchange, BayeuxMessage message)
    {
        var (server, replies, options) = (exchange.Server, exchange.Replies, exchange.Server.Options);
        if (message.ConnectionTypes is { } offered && !options.ConnectionTypes.Any(offered.Contains))
        {
            Refuse(replies, message, BayeuxErrors.ConnectionTypesUnsupported);
            return;
        }

        var verdict = await exchange.Policy.AuthorizeHandshake(new HandshakeRequest(exchange.Http, message.Ext));
        if (verdict.Principal is not { } principal)
        {
            Refuse(replies, message, BayeuxErrors.HandshakeDenied);
            return;
        }

        exchange.Started = server.Start(OwnerOf(exchange, principal, verdict.State));
        if (exchange.Started is { } session) Accept(exchange, session, message);
        else RefuseForNow(replies, message, BayeuxErrors.TooManySessions);
    }

    private static SessionOwner OwnerOf(Exchange exchange, string principal, object? state)
    {
        var (http, options, transport) = (exchange.Http, exchange.Server.Options, exchange.Holder.ConnectionType);
        var browser = SessionClaim.BrowserOf(http, options);
        if (browser is null && exchange.Holder is not ISessionEndpoint)
        {
            browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            http.Response.Cookies.Append(options.BrowserCookie.Name!, browser, options.BrowserCookie.Build(http));
        }
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        return new SessionOwner(principal, state, SessionClaim.UserOf(http), browser, address, transport);
    }

    private static void Accept(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var (replies, options) = (exchange.Replies, exchange.Server.Options);
        replies.Begin(message);
        replies.Write(",\"clientId\":\""u8);
        replies.WriteAscii(session.Id);
        replies.Write("\",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"supportedConnectionTypes\":[\""u8);
        replies.WriteAscii(string.Join("\",\"", options.ConnectionTypes));
        replies.Write("\"]"u8);
        replies.FullAdvice(options, session.EffectiveInterval);
        replies.End();
    }

    // Without "none" the JavaScript client handshakes again for ever.
    private static void Refuse(ReplyBuffer replies, BayeuxMessage message, string error)
    {
        replies.BeginRefusal(message, error);
        replies.StopAdvice();
        replies.End();
    }

    private static void RefuseForNow(ReplyBuffer replies, BayeuxMessage message, string error)
    {
        replies.BeginRefusal(message, error);
        replies.Member("advice"u8, "{\"reconnect\":\"handshake\",\"interval\":5000}"u8);
        replies.End();
    }
}
