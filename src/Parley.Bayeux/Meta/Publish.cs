namespace Parley.Bayeux.Meta;

/// <summary>
/// A message on any other channel: for those who listen on the server, and on a broadcast channel an event for its subscribers,
/// made of nothing but channel, data and such <c>ext</c> members as the options name. Whatever else the publisher sent stays
/// here: an <c>advice</c>, for one, would let it disconnect them all.
/// </summary>
internal static class Publish
{
    public static async ValueTask Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var (server, channel) = (exchange.Server, message.Name!);
        if (Malformation(server, channel, message) is { } malformed)
        {
            exchange.Refuse(message, malformed);
            return;
        }
        if (!session.TrySpendPublish())
        {
            exchange.Refuse(message, BayeuxErrors.TooManyMessages);
            return;
        }
        if (await Permissions.Denies(server, ChannelOperation.Publish, channel, session, message) is { } denial)
        {
            var error = denial.Operation is ChannelOperation.Create
                ? BayeuxErrors.ChannelCreateDenied
                : BayeuxErrors.PublishDenied;
            Permissions.BeginDenial(exchange, message, denial, error);
            exchange.Replies.End(session, message.Notes);
            return;
        }
        if (!session.IsLive)
        {
            exchange.RefuseStranger(message); // it ended while the policy thought
            return;
        }
        if (!await server.Channels.Hear(channel, message))
        {
            exchange.Refuse(message, BayeuxErrors.MessageDeleted);
            return;
        }
        if (!session.IsLive)
        {
            exchange.RefuseStranger(message);
            return;
        }

        if (!channel.IsService) server.Publish(EventOf(server, channel, message), publisher: session);
        exchange.Replies.Begin(message);
        exchange.Replies.End(session, message.Notes);
    }

    private static string? Malformation(BayeuxServer server, ChannelName channel, BayeuxMessage message)
    {
        if (channel.IsMeta) return BayeuxErrors.Denied(BayeuxErrors.ChannelCreateDenied, Permission.ByPolicy);
        if (channel.IsService && !server.Channels.IsServed(channel))
            return BayeuxErrors.Denied(BayeuxErrors.PublishDenied, Permission.ByPolicy);
        if (message.Data.IsEmpty) return BayeuxErrors.DataMissing;
        return IsTooLarge(server, channel, message) ? BayeuxErrors.MessageTooLarge : null;
    }

    private static bool IsTooLarge(BayeuxServer server, ChannelName channel, BayeuxMessage message)
    {
        var most = server.Options.MaxPublishSize;
        if (message.Data.Length > most) return true;
        if (channel.IsService || message.Data.Length + message.Ext.Length <= most) return false;

        using var forwarded = Forwarded(server, message);
        return message.Data.Length + forwarded.Length > most;
    }

    private static BayeuxEvent EventOf(BayeuxServer server, ChannelName channel, BayeuxMessage message)
    {
        if (message.Ext.IsEmpty) return BayeuxEvent.Create(channel, message.Data.Span);

        using var forwarded = Forwarded(server, message);
        return BayeuxEvent.CreateWithExt(channel, message.Data.Span, forwarded.Written.Span);
    }

    private static PooledBuffer Forwarded(BayeuxServer server, BayeuxMessage message)
    {
        var forwarded = new PooledBuffer();
        ForwardedExt.Write(message.Ext.Span, server.Options.ForwardedExt, forwarded);
        return forwarded;
    }
}
