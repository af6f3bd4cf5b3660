namespace Parley.Bayeux.Meta;

/// <summary><c>/meta/unsubscribe</c>: succeeds for every legal name, subscribed or not.</summary>
internal static class Unsubscribe
{
    public static void Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var names = new List<ChannelName>();
        var error = SubscriptionList.Read(message.Subscription.Span, names)
            ?? (session.TrySpendSubscriptions(names.Count) ? null : BayeuxErrors.TooManyMessages)
            ?? (session.Unsubscribe(names) is SubscribeOutcome.SessionEnded ? BayeuxErrors.UnsubscribeFailed : null);
        Subscribe.Reply(exchange, message, error);
    }
}
