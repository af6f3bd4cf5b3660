using System.Text.Json.Nodes;

namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/handshake</c>: a client gets a session, always a new one. A missing version or list of connection types is
/// accepted; a list without any type served here is not.
/// </summary>
internal static class Handshake
{
    // Without "none" the JavaScript client handshakes again for ever.
    private static readonly JsonObject Stop = new() { ["reconnect"] = "none" };
    private static readonly JsonObject Later = new() { ["reconnect"] = "handshake", ["interval"] = 5000 };

    public static async ValueTask Handle(Exchange exchange, BayeuxMessage message)
    {
        var (server, replies, options) = (exchange.Server, exchange.Replies, exchange.Server.Options);
        if (message.ConnectionTypes is { } offered && !options.ConnectionTypes.Any(offered.Contains))
        {
            Refuse(exchange, message, BayeuxErrors.ConnectionTypesUnsupported, Stop);
            return;
        }

        if (!server.Handshakes.TrySpend(ClientNetwork.Of(exchange.Http.Connection.RemoteIpAddress), server.Wheel.Now))
        {
            Refuse(exchange, message, BayeuxErrors.TooManyHandshakes, Later);
            return;
        }

        var verdict = await server.Policy.AuthorizeHandshake(message);
        if (verdict.Principal is not { } principal)
        {
            replies.Ext(verdict.Ext);
            Refuse(exchange, message, BayeuxErrors.HandshakeDenied, verdict.Advice ?? Stop);
            return;
        }

        exchange.Started = server.Start(OwnerOf(exchange, principal, verdict.State), IsAcknowledging(message, options));
        if (exchange.Started is { } session) Accept(exchange, session, message, verdict);
        else Refuse(exchange, message, BayeuxErrors.TooManySessions, Later);
    }

    private static bool IsAcknowledging(BayeuxMessage message, BayeuxOptions options) =>
        options.AcknowledgedMessages && ExtMembers.Find(message.Ext.Span, "ack"u8).SequenceEqual("true"u8);

    private static SessionOwner OwnerOf(Exchange exchange, string principal, object? state)
    {
        var (http, options, transport) = (exchange.Http, exchange.Server.Options, exchange.Holder.ConnectionType);
        var browser = exchange.Holder is ISessionEndpoint
            ? SessionClaim.BrowserOf(http, options)
            : SessionClaim.EnsureBrowser(http, options);
        return new SessionOwner(principal, state, SessionClaim.UserOf(http), browser, AddressOf(exchange), transport);
    }

    private static string AddressOf(Exchange exchange) => exchange.Http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static void Accept(Exchange exchange, BayeuxSession session, BayeuxMessage message, HandshakeVerdict verdict)
    {
        var (replies, options) = (exchange.Replies, exchange.Server.Options);
        var (events, batch) = options.DeliverWithHandshake ? session.TakeWithHandshake() : default;
        using (events)
        {
            replies.Begin(message);
            replies.Write(",\"clientId\":\""u8);
            replies.WriteAscii(session.Id);
            replies.Write("\",\"version\":\"1.0\",\"minimumVersion\":\"1.0\",\"supportedConnectionTypes\":[\""u8);
            replies.WriteAscii(string.Join("\",\"", options.ConnectionTypes));
            replies.Write("\"]"u8);
            if (options.DeliverWithHandshake)
            {
                replies.Write(",\"x-messages\":"u8);
                replies.WriteNumber(events.Count);
            }
            replies.FullAdvice(session.Advised);
            replies.Ext(verdict.Ext);
            if (session.IsAcknowledging) replies.Ext("ack", batch == 0 ? "true" : $"{{\"enabled\":true,\"batch\":{batch}}}");
            replies.End(session, message.Notes);
            replies.Append(events);
        }
    }

    private static void Refuse(Exchange exchange, BayeuxMessage message, string error, JsonObject advice)
    {
        exchange.Server.Telemetry.Refused(error);
        exchange.Replies.BeginRefusal(message, error);
        exchange.Replies.Member("advice"u8, advice);
        exchange.Replies.End(session: null, message.Notes);
    }
}
