namespace Parley.Bayeux.Meta;

/// <summary>
/// <c>/meta/subscribe</c>: all the names or none. Subscribing twice, or to a service channel, succeeds without effect;
/// meta channels are refused.
/// </summary>
internal static class Subscribe
{
    public static async ValueTask Handle(Exchange exchange, BayeuxSession session, BayeuxMessage message)
    {
        var names = new List<ChannelName>();
        if (SubscriptionList.Read(message.Subscription.Span, names) is { } malformed)
        {
            Reply(exchange, message, malformed);
            return;
        }
        if (names.Count > exchange.Server.Options.MaxSubscriptions)
        {
            Reply(exchange, message, BayeuxErrors.SubscriptionsTooMany); // before the policy works for it
            return;
        }
        if (!session.TrySpendSubscriptions(names.Count))
        {
            Reply(exchange, message, BayeuxErrors.TooManyMessages);
            return;
        }
        var result = SubscribeResult.Refused;
        try
        {
            foreach (var name in names)
            {
                if (name.IsService) continue;
                if (await Denies(exchange.Server, name, session, message) is not { } denial) continue;
                Permissions.BeginDenial(
                    exchange, message, denial,
                    denial.Operation is ChannelOperation.Create ? BayeuxErrors.CreateDenied : BayeuxErrors.SubscribeDenied);
                End(exchange, message);
                return;
            }
            var error = session.Subscribe(names) switch
            {
                SubscribeOutcome.SessionEnded => BayeuxErrors.SubscribeFailed,
                SubscribeOutcome.TooMany => BayeuxErrors.SubscriptionsTooMany,
                _ => null,
            };
            if (error is null) result = SubscribeResult.Granted;
            Reply(exchange, message, error);
        }
        finally
        {
            exchange.Server.TellSubscribed(session, message, result);
        }
    }

    /// <summary>A reply with the <c>subscription</c> exactly as it was sent, also on failure.</summary>
    public static void Reply(Exchange exchange, BayeuxMessage message, string? error)
    {
        if (error is null)
        {
            exchange.Replies.Begin(message);
        }
        else
        {
            exchange.Server.Telemetry.Refused(error);
            exchange.Replies.BeginRefusal(message, error);
        }
        End(exchange, message);
    }

    private static void End(Exchange exchange, BayeuxMessage message)
    {
        if (message.Subscription.Length > 0) exchange.Replies.Member("subscription"u8, message.Subscription.Span);
        exchange.Replies.End(message.Session, message.Notes);
    }

    private static ValueTask<Denial?> Denies(
        BayeuxServer server, ChannelName name, BayeuxSession session, BayeuxMessage message) =>
        name.IsMeta
            ? new(new Denial(ChannelOperation.Subscribe, Permission.Refused))
            : Permissions.Denies(server, ChannelOperation.Subscribe, name, session, message);
}
