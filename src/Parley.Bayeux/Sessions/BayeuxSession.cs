namespace Parley.Bayeux;

/// <summary>One client between its handshake and its end: who it is, what it subscribed to, what waits for it.</summary>
/// <remarks>
/// A session outlives its connections: a client resumes it by its id from another WebSocket or by long-polling. It does no I/O;
/// each of its changes is made under its own lock, and transports are only told to look.
/// </remarks>
public sealed partial class BayeuxSession
{
    private readonly Lock gate = new();
    private readonly BayeuxServer server;
    private readonly ExpiryTimer expiry;
    private HashSet<string>? subscriptions;
    private EventQueue queue;
    private Allowance publishes;
    private Allowance subscriptionChanges;
    private Phase phase = Phase.Handshaken;
    private ISessionEndpoint? endpoint;
    private long? expiresAt;
    private int batches = 1; // until its handshake is answered
    private BayeuxExtension[] extensions = [];

    internal BayeuxSession(string id, SessionOwner owner, BayeuxServer server)
    {
        Id = id;
        Owner = owner;
        this.server = server;
        expiry = new ExpiryTimer(this);
        lastMessage = lastEvent = server.Wheel.Now;
        queue = new EventQueue(server.Backlog);
        publishes = new Allowance(server.Options.Publishes, lastMessage);
        subscriptionChanges = new Allowance(server.Options.SubscriptionChanges, lastMessage);
        advisedTransport = owner.ConnectionType;
    }

    private enum Phase
    {
        Handshaken,
        Connected,

        /// <summary>Disconnected by the host between two polls: the next connect is told so, then it is gone.</summary>
        Leaving,
        Ended,
    }

    /// <summary>The <c>clientId</c>: 32 hexadecimal digits. Whoever knows it may speak for the client; log only a part.</summary>
    public string Id { get; }

    /// <summary>Whose session it is, as the policy said.</summary>
    public string Principal => Owner.Principal;

    /// <summary>The host's own object, as the policy gave it.</summary>
    public object? State => Owner.State;

    /// <summary>The network address of the handshake.</summary>
    public string Address => Owner.Address;

    /// <summary>False once it has ended; an ended session accepts no events.</summary>
    public bool IsLive
    {
        get
        {
            lock (gate) return IsOpen;
        }
    }

    internal SessionOwner Owner { get; }

    internal BayeuxServer Server => server;

    /// <summary>All sessions of the principal together; set when it is counted.</summary>
    internal Household Household { get; set; } = null!;

    /// <summary>True if extensions see what it is sent.</summary>
    internal bool IsExtended => server.Extensions.Length + Extensions.Length > 0;

    internal BayeuxExtension[] Extensions => Volatile.Read(ref extensions);

    private bool IsOpen => phase is Phase.Handshaken or Phase.Connected;

    /// <summary>True if a published event of this plain channel reaches the session, patterns included.</summary>
    public bool IsSubscribedTo(ChannelName plainChannel)
    {
        ArgumentNullException.ThrowIfNull(plainChannel);
        lock (gate) return Matches(plainChannel);
    }

    /// <summary>Adds an extension that sees what this session sends and receives, after those of the server.</summary>
    public void Use(BayeuxExtension extension)
    {
        ArgumentNullException.ThrowIfNull(extension);
        lock (gate) Volatile.Write(ref extensions, [.. extensions, extension]);
    }

    /// <summary>
    /// Subscribes the client without its asking. False if it has ended, or has as many subscriptions as allowed.
    /// </summary>
    public bool Subscribe(ChannelName channelOrPattern)
    {
        ArgumentNullException.ThrowIfNull(channelOrPattern);
        if (channelOrPattern.IsMeta)
            throw new ArgumentException("Nothing is published on meta channels.", nameof(channelOrPattern));
        return Subscribe([channelOrPattern]) is SubscribeOutcome.Done;
    }

    /// <summary>
    /// Ends a subscription, as when its principal loses the right to it: events that wait for the client because of it are
    /// dropped.
    /// </summary>
    public void Revoke(ChannelName channelOrPattern)
    {
        ArgumentNullException.ThrowIfNull(channelOrPattern);
        Unsubscribe([channelOrPattern]);
        lock (gate)
        {
            queue.Remove(e => channelOrPattern.Matches(e.Channel) && !Matches(e.Channel));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Id.AsSpan(0, 6), "…");

    /// <summary>Subscribes to all these names or, being ended or at its limit, to none.</summary>
    internal SubscribeOutcome Subscribe(IReadOnlyList<ChannelName> names)
    {
        List<string> fresh;
        lock (gate)
        {
            if (!IsOpen) return SubscribeOutcome.SessionEnded;

            var known = subscriptions ??= new HashSet<string>(StringComparer.Ordinal);
            var added = names.Where(name => !name.IsService).Select(name => name.Text).Where(name => !known.Contains(name));
            fresh = added.Distinct(StringComparer.Ordinal).ToList();
            if (known.Count + fresh.Count > server.Options.MaxSubscriptions) return SubscribeOutcome.TooMany;

            foreach (var name in fresh)
            {
                known.Add(name);
                server.Index.Add(name, this);
            }
        }
        foreach (var name in fresh) server.Tell(this, name, SubscriptionChange.Subscribed);
        return SubscribeOutcome.Done;
    }

    internal SubscribeOutcome Unsubscribe(IReadOnlyList<ChannelName> names)
    {
        var gone = new List<string>();
        lock (gate)
        {
            if (!IsOpen) return SubscribeOutcome.SessionEnded;

            foreach (var name in names)
            {
                if (subscriptions?.Remove(name.Text) != true) continue;
                server.Index.Remove(name.Text, this);
                gone.Add(name.Text);
            }
        }
        foreach (var name in gone) server.Tell(this, name, SubscriptionChange.Unsubscribed);
        return SubscribeOutcome.Done;
    }

    private bool Matches(ChannelName channel) => Matches(channel.Receivers());

    private bool Matches(string[] receivers) => subscriptions is not null && MatchesBefore(receivers, receivers.Length);

    private bool MatchesBefore(string[] receivers, int end)
    {
        for (var i = 0; i < end; i++)
        {
            if (subscriptions!.Contains(receivers[i])) return true;
        }
        return false;
    }
}

/// <summary>What became of a subscribe or unsubscribe.</summary>
internal enum SubscribeOutcome
{
    Done,
    TooMany,
    SessionEnded,
}

/// <summary>How a subscription changed.</summary>
public enum SubscriptionChange
{
    /// <summary>It began.</summary>
    Subscribed,

    /// <summary>It ended before its session did.</summary>
    Unsubscribed,
}

/// <summary>To whom a session was given, and how he shows that he is still the same.</summary>
/// <param name="Principal">As the policy said.</param>
/// <param name="State">The host's own object.</param>
/// <param name="User">The user the handshake's request was authenticated as; null if it was not.</param>
/// <param name="Browser">The value of the browser cookie; null if there is none, as on the WebSocket of a program.</param>
/// <param name="Address">The network address of the handshake.</param>
/// <param name="ConnectionType">The transport of the handshake.</param>
internal sealed record SessionOwner(
    string Principal, object? State, string? User, string? Browser, string Address, string ConnectionType);
