namespace Parley.Bayeux.Meta;

/// <summary>
/// A message on any other channel: an event for its subscribers, made of nothing but channel and data. Whatever else the
/// publisher sent stays here: an <c>advice</c>, for one, would let it disconnect them all.
/// </summary>
internal static class Publish
{
    public static void Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var channel = ChannelName.Parse(message.Channel!);
        if (Refusal(exchange, session, channel, message) is { } error)
        {
            exchange.Replies.Refuse(message, error);
            return;
        }

        var publisherToo = exchange.Server.Options.BroadcastToPublisher;
        exchange.Server.Publish(BayeuxEvent.Create(channel, message.Data.Span), publisherToo ? null : session);
        exchange.Replies.Begin(message);
        exchange.Replies.End();
    }

    private static string? Refusal(Exchange exchange, BayeuxSession session, ChannelName channel, BayeuxMessage message)
    {
        if (channel.IsMeta) return BayeuxErrors.ChannelCreateDenied;
        if (channel.IsService || !exchange.Policy.CanPublish(session, channel)) return BayeuxErrors.PublishDenied;
        if (message.Data.IsEmpty) return BayeuxErrors.DataMissing;
        if (message.Data.Length > exchange.Server.Options.MaxPublishSize) return BayeuxErrors.MessageTooLarge;
        return session.TrySpendPublish() ? null : BayeuxErrors.TooManyMessages;
    }
}
