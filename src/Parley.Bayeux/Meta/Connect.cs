using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/connect</c>: the heartbeat, and for long-polling the carrier of events. The first of a session is answered at once;
/// later ones are held until the timeout, an event (long-polling), a newer connect, or the session's end.
/// </summary>
internal static class Connect
{
    /// <summary>After so long a client whose server has stopped tries again: another node, or the same server anew.</summary>
    private static readonly TimeSpan UntilAnotherAnswers = TimeSpan.FromSeconds(1);

    public static void Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        if (session.Connect(exchange.Holder, TermsOf(exchange, message)) is not { } connect)
        {
            // on a WebSocket whose session another connection serves by now, it is one more superseded connect: no answer
            if (!session.IsLive) exchange.RefuseStranger(message);
        }
        else if (connect.IsHeld)
        {
            exchange.Held = connect;
        }
        else
        {
            exchange.Answered = connect;
            exchange.Answer(connect, ConnectEnd.TimedOut);
        }
    }

    /// <summary>Writes the answer at the moment it is sent: only then is it known what to advise.</summary>
    public static void Answer(BayeuxServer server, ReplyBuffer replies, HeldConnect connect, ConnectEnd end)
    {
        var session = connect.Session;
        var isLast = end is ConnectEnd.DisconnectedByHost || session.IsLeaving;

        if (isLast) replies.Farewell();
        replies.BeginConnect(connect);
        var advice = session.Answered(connect);
        if (end is ConnectEnd.ServerStopping) advice = ConnectAdvice.ReconnectLater;
        switch (advice)
        {
            case ConnectAdvice.ReconnectLater:
                // Not to handshake: where one fails because nobody listens yet, a page of another origin gives up for good.
                replies.FullAdvice(session.Advised with { Interval = UntilAnotherAnswers });
                break;
            case ConnectAdvice.Full:
                replies.FullAdvice(session.Advised);
                break;
            case ConnectAdvice.MultipleClients when server.Options.MultiSessionInterval > TimeSpan.Zero:
                replies.MultipleClientsAdvice(session.Advised);
                break;
            case ConnectAdvice.MultipleClients:
                server.Telemetry.Refused(BayeuxErrors.TooManySessions);
                replies.BecomeRefusal(BayeuxErrors.TooManySessions);
                replies.StopAdvice();
                break;
            case ConnectAdvice.Stop:
                replies.StopAdvice();
                break;
            case ConnectAdvice.Handshake:
                server.Telemetry.Refused(server.Options.UnknownSessionError);
                replies.BecomeRefusal(server.Options.UnknownSessionError);
                replies.HandshakeAdvice();
                break;
            default:
                break;
        }
        if (connect.Batch > 0) replies.Ext("ack", connect.Batch.ToString(CultureInfo.InvariantCulture));
        replies.End(session, connect.Terms.Notes);
        if (isLast) server.Forget(session);
    }

    private static ConnectTerms TermsOf(Exchange exchange, BayeuxMessage message)
    {
        var options = exchange.Server.Options;
        var siblings = HttpProtocol.IsHttp2(exchange.Http.Request.Protocol)
            || HttpProtocol.IsHttp3(exchange.Http.Request.Protocol)
            ? options.Http2MaxSessionsPerBrowser
            : options.MaxSessionsPerBrowser;
        var browser = exchange.Holder is ISessionEndpoint ? null : SessionClaim.BrowserOf(exchange.Http, options);
        var acknowledged = ExtMembers.FindNumber(message.Ext.Span, "ack"u8);
        return new ConnectTerms(message.Id, message.Advice, browser, siblings, exchange.Hold, acknowledged, message.Notes);
    }
}
