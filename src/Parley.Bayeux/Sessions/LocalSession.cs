namespace Parley.Bayeux;

/// <summary>
/// A session of the host's own: it publishes and hears what is published, without a client and without asking anybody.
/// </summary>
public sealed class LocalSession : IDisposable
{
    private readonly BayeuxServer server;
    private readonly Lock gate = new();
    private List<IDisposable>? subscriptions = [];

    internal LocalSession(string name, BayeuxServer server)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        this.server = server;
    }

    /// <summary>What the host calls it; clients never see it.</summary>
    public string Name { get; }

    /// <summary>
    /// Has <paramref name="hear"/> see every event published on a broadcast channel, from now on, but its own; not those for
    /// chosen sessions (<see cref="BayeuxServer.PublishTo"/>, <see cref="BayeuxServer.Deliver"/>). It is called before clients
    /// are told, on the publisher's thread, so it must be quick. Throws <see cref="ArgumentException"/> for a service or meta
    /// channel. Disposing the result ends the subscription.
    /// </summary>
    public IDisposable Subscribe(ChannelName channelOrPattern, Action<BayeuxEvent> hear)
    {
        ArgumentNullException.ThrowIfNull(channelOrPattern);
        ArgumentNullException.ThrowIfNull(hear);
        if (channelOrPattern.IsService)
            throw new ArgumentException("Listen to services by BayeuxChannels.Listen.", nameof(channelOrPattern));
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(subscriptions is null, this);
            var subscription = server.Channels.Hear(channelOrPattern, (evt, publisher) =>
            {
                if (!ReferenceEquals(publisher, this)) hear(evt);
            });
            subscriptions.Add(subscription);
            return new Subscription(this, subscription);
        }
    }

    /// <summary>
    /// Publishes to every subscribed session and to the other sessions of the host, as
    /// <see cref="BayeuxServer.Publish(BayeuxEvent)"/> does.
    /// </summary>
    public void Publish(BayeuxEvent evt)
    {
        ArgumentNullException.ThrowIfNull(evt);
        lock (gate) ObjectDisposedException.ThrowIf(subscriptions is null, this);
        server.Publish(evt, publisher: null, local: this);
    }

    /// <summary>Ends its subscriptions.</summary>
    public void Dispose()
    {
        List<IDisposable>? ended;
        lock (gate) (ended, subscriptions) = (subscriptions, null);
        ended?.ForEach(subscription => subscription.Dispose());
    }

    private void End(IDisposable subscription)
    {
        lock (gate) subscriptions?.Remove(subscription);
        subscription.Dispose();
    }

    private sealed class Subscription(LocalSession session, IDisposable declared) : IDisposable
    {
        public void Dispose() => session.End(declared);
    }
}
