using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>What is wrong with the options, all of it at once.</summary>
public sealed partial class BayeuxOptions
{
    /// <summary>The longest time that makes sense for a client to be told.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Everything wrong with these values, in words; empty if they can be served.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Between(nameof(Timeout), Timeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(Interval), Interval, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxInterval), MaxInterval, TimeSpan.FromSeconds(1), Longest);
        Between(nameof(MaxRequestedAdvice), MaxRequestedAdvice, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxLazyTimeout), MaxLazyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxProcessing), MaxProcessing ?? TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1), Longest);
        Between(nameof(MultiSessionInterval), MultiSessionInterval, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(PingInterval), PingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(IdleTimeout), IdleTimeout, TimeSpan.FromSeconds(1), Longest);
        Between(nameof(WriteTimeout), WriteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(CloseTimeout), CloseTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        AtLeast(nameof(MaxMessageSize), MaxMessageSize, 1024);
        AtLeast(nameof(MaxPublishSize), MaxPublishSize, 1);
        AtLeast(nameof(MaxMessagesPerPayload), MaxMessagesPerPayload, 1);
        AtLeast(nameof(MaxSubscriptions), MaxSubscriptions, 1);
        if (SubscriptionChanges.Burst < MaxSubscriptions)
        {
            wrong.Add($"{nameof(SubscriptionChanges)} must allow {nameof(MaxSubscriptions)} at once, for one message may name "
                + "them all.");
        }
        AtLeast(nameof(MaxQueue), MaxQueue, 1);
        AtLeast(nameof(MaxQueueBytes), MaxQueueBytes, 1024);
        AtLeast(nameof(MaxTotalQueueBytes), MaxTotalQueueBytes, 1024);
        AtLeast(nameof(MaxSessions), MaxSessions, 1);
        AtLeast(nameof(MaxSessionsPerPrincipal), MaxSessionsPerPrincipal, 1);
        AtLeast(nameof(MaxSessionsPerAddress), MaxSessionsPerAddress, 1);
        Positive(nameof(Publishes), Publishes);
        Positive(nameof(PublishesPerPrincipal), PublishesPerPrincipal);
        Positive(nameof(SubscriptionChanges), SubscriptionChanges);
        Positive(nameof(HandshakesPerAddress), HandshakesPerAddress);
        AtLeast(nameof(MaxSessionsPerBrowser), MaxSessionsPerBrowser, -1);
        AtLeast(nameof(Http2MaxSessionsPerBrowser), Http2MaxSessionsPerBrowser, -1);
        AtLeast(nameof(MaxFrameSize), MaxFrameSize, 1024);

        if (UnknownSessionError?.StartsWith("402::", StringComparison.Ordinal) != true
            || UnknownSessionError.Any(c => c is '"' or '\\' || !char.IsBetween(c, ' ', '~')))
        {
            wrong.Add($"{nameof(UnknownSessionError)} must be 402:: and printable ASCII without quotes and backslashes, not "
                + $"'{UnknownSessionError}'.");
        }
        if (WhenQueueFull is null) wrong.Add($"{nameof(WhenQueueFull)} must not be null.");
        if (Extensions.Contains(null!)) wrong.Add($"{nameof(Extensions)} must not contain null.");
        if (ForwardedExt?.All(name => name?.Length > 0) != true)
            wrong.Add($"{nameof(ForwardedExt)} must be names, or empty for none.");
        if (ConnectionTypes is not { Count: > 0 }) wrong.Add($"{nameof(ConnectionTypes)} must not be empty.");
        foreach (var type in ConnectionTypes ?? [])
        {
            if (type is not ("websocket" or "long-polling" or "callback-polling"))
                wrong.Add($"{nameof(ConnectionTypes)}: '{type}' is not served.");
        }
        ValidateOrigins(wrong);
        if (WebSocketSubProtocol is { } protocol && !IsToken(protocol))
            wrong.Add($"{nameof(WebSocketSubProtocol)}: '{protocol}' is not of the characters HTTP allows in names.");
        if (DuplicateConnectStatus is < 400 or > 599 or StatusCodes.Status408RequestTimeout)
        {
            wrong.Add($"{nameof(DuplicateConnectStatus)} must be from 400 to 599 and not 408, after which browsers repeat the "
                + $"request, not {DuplicateConnectStatus}.");
        }
        return wrong;

        void Between(string name, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) wrong.Add($"{name} must be between {least} and {most}, not {value}.");
        }

        void Positive(string name, RateLimit value)
        {
            if (value.PerSecond < 1 || value.Burst < 1)
                wrong.Add($"{name} must be at least 1 per second and 1 at once, not {value}.");
        }

        void AtLeast(string name, long value, long least)
        {
            if (value < least) wrong.Add($"{name} must be at least {least}, not {value}.");
        }
    }
}
