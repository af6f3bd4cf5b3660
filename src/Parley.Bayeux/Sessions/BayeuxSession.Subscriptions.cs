namespace Parley.Bayeux;

/// <content>What it is subscribed to, for the host to look at.</content>
public sealed partial class BayeuxSession
{
    /// <summary>The channels and patterns it is subscribed to at this moment, in no order; none once it has ended.</summary>
    public IReadOnlyCollection<ChannelName> Subscriptions
    {
        get
        {
            lock (gate) return [.. (subscriptions ?? []).Select(ChannelName.Parse)];
        }
    }

    /// <summary>
    /// True if it is subscribed to exactly this name, be it a channel or a pattern; <see cref="IsSubscribedTo"/> counts what
    /// patterns cover, too.
    /// </summary>
    public bool HasSubscription(ChannelName channelOrPattern)
    {
        ArgumentNullException.ThrowIfNull(channelOrPattern);
        lock (gate) return subscriptions?.Contains(channelOrPattern.Text) == true;
    }
}
