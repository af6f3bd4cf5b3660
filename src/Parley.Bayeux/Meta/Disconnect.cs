namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/disconnect</c>: the session ends. A held connect is released; on WebSocket its answer comes first, for the
/// JavaScript client closes its socket only if no connect is outstanding when it reads the disconnect's reply.
/// </summary>
internal static class Disconnect
{
    public static void Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        exchange.Server.End(session, ConnectEnd.Disconnected);
        exchange.Replies.Begin(message);
        exchange.Replies.End(session, message.Notes);
    }
}
