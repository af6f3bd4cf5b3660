namespace Parley.Bayeux;

/// <summary>The bounds: beyond each there is a refusal, never a silent loss.</summary>
public sealed partial class BayeuxOptions
{
    /// <summary>
    /// The largest payload accepted, on HTTP (413) and WebSocket (1009), decompressed. Of callback-polling the web server's
    /// limit on request lines (Kestrel: 8 KiB) bounds it before.
    /// </summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>
    /// The largest <c>data</c> of one publish, with such <c>ext</c> as is forwarded with it (<c>413::message_too_large</c>).
    /// </summary>
    public int MaxPublishSize { get; set; } = 64 * 1024;

    /// <summary>The most messages in one payload (HTTP 400, WebSocket 1008).</summary>
    public int MaxMessagesPerPayload { get; set; } = 256;

    /// <summary>The most subscriptions of one session.</summary>
    public int MaxSubscriptions { get; set; } = 1000;

    /// <summary>The most events waiting for one session, unacknowledged ones included; see <see cref="WhenQueueFull"/>.</summary>
    public int MaxQueue { get; set; } = 1000;

    /// <summary>The most bytes of events waiting for one session. One event always fits.</summary>
    public int MaxQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// The most bytes of events waiting in all queues together, an event that waits in several counted once. Beyond it every
    /// session with a backlog counts as full.
    /// </summary>
    public long MaxTotalQueueBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>
    /// What becomes of a session whose queue is full when one more event comes; by default it ends as too slow, for single events
    /// are never dropped silently. Called on the publisher's thread, so it must be quick.
    /// </summary>
    public Func<BayeuxSession, BayeuxEvent, QueueVerdict> WhenQueueFull { get; set; } = static (_, _) => QueueVerdict.EndSession;

    /// <summary>The most sessions at a time.</summary>
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>The most sessions of one principal at a time.</summary>
    public int MaxSessionsPerPrincipal { get; set; } = 1000;

    /// <summary>The most sessions handshaken from one network address, or one IPv6 network of 64 bits, at a time.</summary>
    public int MaxSessionsPerAddress { get; set; } = 20_000;

    /// <summary>The publishes of one session (<c>429::too_many_messages</c>).</summary>
    public RateLimit Publishes { get; set; } = new(100, 200);

    /// <summary>The publishes of all sessions of one principal together; beside <see cref="Publishes"/>.</summary>
    public RateLimit PublishesPerPrincipal { get; set; } = new(1000, 2000);

    /// <summary>The names one session subscribes to or unsubscribes from (<c>429::too_many_messages</c>).</summary>
    public RateLimit SubscriptionChanges { get; set; } = new(100, 2000);

    /// <summary>
    /// The handshakes from one network address (<c>429::too_many_handshakes</c>), refused ones included; asked before the policy.
    /// Behind a proxy that does not tell addresses all clients share it.
    /// </summary>
    public RateLimit HandshakesPerAddress { get; set; } = new(500, 5000);

    /// <summary>Connects held at a time for one browser on HTTP/1; 0 holds none, -1 any number.</summary>
    public int MaxSessionsPerBrowser { get; set; } = 1;

    /// <summary>The same on HTTP/2 and later, where tabs share one connection.</summary>
    public int Http2MaxSessionsPerBrowser { get; set; } = -1;
}
