namespace Parley.Bayeux;

/// <summary>One client between its handshake and its end: who it is, what it subscribed to, what waits for it.</summary>
/// <remarks>
/// A session outlives its connections: a client resumes it by its id from another WebSocket or by long-polling. It does no I/O;
/// each of its changes is made under its own lock, and transports are only told to look.
/// </remarks>
public sealed partial class BayeuxSession
{
    private readonly Lock gate = new();
    private readonly SessionSurroundings around;
    private readonly ExpiryTimer expiry;
    private HashSet<string>? subscriptions;
    private EventQueue queue;
    private Phase phase = Phase.Handshaken;
    private ISessionEndpoint? endpoint;
    private long? expiresAt;
    private int batches;

    internal BayeuxSession(string id, SessionOwner owner, SessionSurroundings around)
    {
        Id = id;
        Owner = owner;
        this.around = around;
        expiry = new ExpiryTimer(this);
        publishTokens = around.Options.PublishBurst;
        publishRefill = around.Wheel.Now;
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

    /// <summary>False once it has ended; an ended session accepts no events.</summary>
    public bool IsLive
    {
        get
        {
            lock (gate) return phase is Phase.Handshaken or Phase.Connected;
        }
    }

    internal SessionOwner Owner { get; }

    /// <summary>True if an event of this plain channel reaches the session, patterns included.</summary>
    public bool IsSubscribedTo(ChannelName plainChannel)
    {
        ArgumentNullException.ThrowIfNull(plainChannel);
        lock (gate)
        {
            return subscriptions is not null && MatchesBefore(plainChannel.Receivers, int.MaxValue);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(Id.AsSpan(0, 6), "…");

    /// <summary>Subscribes to all these names or, being ended or at its limit, to none.</summary>
    internal SubscribeOutcome Subscribe(IReadOnlyList<ChannelName> names)
    {
        lock (gate)
        {
            if (phase is not (Phase.Handshaken or Phase.Connected)) return SubscribeOutcome.SessionEnded;

            var known = subscriptions ??= new HashSet<string>(StringComparer.Ordinal);
            var added = names.Where(name => !name.IsService).Select(name => name.Text).Where(name => !known.Contains(name));
            var fresh = added.Distinct(StringComparer.Ordinal).ToList();
            if (known.Count + fresh.Count > around.Options.MaxSubscriptions) return SubscribeOutcome.TooMany;

            foreach (var name in fresh)
            {
                known.Add(name);
                around.Index.Add(name, this);
            }
            return SubscribeOutcome.Done;
        }
    }

    internal SubscribeOutcome Unsubscribe(IReadOnlyList<ChannelName> names)
    {
        lock (gate)
        {
            if (phase is not (Phase.Handshaken or Phase.Connected)) return SubscribeOutcome.SessionEnded;

            foreach (var name in names)
            {
                if (subscriptions?.Remove(name.Text) == true) around.Index.Remove(name.Text, this);
            }
            return SubscribeOutcome.Done;
        }
    }

    private bool MatchesBefore(ReadOnlySpan<string> receivers, int end)
    {
        for (var i = 0; i < Math.Min(end, receivers.Length); i++)
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

/// <summary>To whom a session was given, and how he shows that he is still the same.</summary>
/// <param name="Principal">As the policy said.</param>
/// <param name="State">The host's own object.</param>
/// <param name="User">The user the handshake's request was authenticated as; null if it was not.</param>
/// <param name="Browser">The value of the browser cookie; null if there is none (WebSocket).</param>
/// <param name="Address">The network address of the handshake.</param>
/// <param name="ConnectionType">The transport of the handshake.</param>
internal sealed record SessionOwner(
    string Principal, object? State, string? User, string? Browser, string Address, string ConnectionType);

/// <summary>What sessions share.</summary>
internal sealed record SessionSurroundings(
    BayeuxOptions Options, TimerWheel Wheel, SubscriptionIndex Index, HeldPerBrowser Browsers, Action<BayeuxSession> Expire);
