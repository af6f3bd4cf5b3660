namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/subscribe</c>: all the names or none. Subscribing twice, or to a service channel, succeeds without effect;
/// meta channels are refused.
/// </summary>
internal static class Subscribe
{
    public static void Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var names = new List<ChannelName>();
        var error = SubscriptionList.Read(message.Subscription.Span, names)
            ?? (names.TrueForAll(name => IsGranted(exchange.Policy, session, name)) ? null : BayeuxErrors.SubscribeDenied)
            ?? session.Subscribe(names) switch
            {
                SubscribeOutcome.SessionEnded => BayeuxErrors.SubscribeFailed,
                SubscribeOutcome.TooMany => BayeuxErrors.SubscriptionsTooMany,
                _ => null,
            };
        Reply(exchange.Replies, message, error);
    }

    /// <summary>A reply with the <c>subscription</c> exactly as it was sent, also on failure.</summary>
    public static void Reply(ReplyBuffer replies, BayeuxMessage message, string? error)
    {
        if (error is null) replies.Begin(message);
        else replies.BeginRefusal(message, error);
        if (message.Subscription.Length > 0) replies.Member("subscription"u8, message.Subscription.Span);
        replies.End();
    }

    private static bool IsGranted(IBayeuxPolicy policy, BayeuxSession session, ChannelName name) =>
        name.IsService || (!name.IsMeta && policy.CanSubscribe(session, name));
}
