using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>The times and bounds of a Bayeux endpoint. Sizes are in bytes.</summary>
public sealed partial class BayeuxOptions
{
    /// <summary>How long a connect is held; told to clients in advice. They give up 10 s later.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long clients wait between a connect's answer and the next connect.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.Zero;

    /// <summary>How long, beyond the interval, a session lives without a connect.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest <c>timeout</c> or <c>interval</c> a client's own advice is granted; more is cut to this.</summary>
    public TimeSpan MaxRequestedAdvice { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long extensions may take over a connect; a session whose connect takes longer is removed as expired. Null for any time.
    /// </summary>
    public TimeSpan? MaxProcessing { get; set; }

    /// <summary>The longest an event may wait lazily, whatever its channel says.</summary>
    public TimeSpan MaxLazyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether advice carries <c>maxInterval</c>, so that clients away for longer handshake without asking.</summary>
    public bool HandshakeReconnect { get; set; } = true;

    /// <summary>Whether a publisher that is subscribed receives its own events.</summary>
    public bool BroadcastToPublisher { get; set; } = true;

    /// <summary>What sees every message, reply and event; in this order on the way in.</summary>
    public IList<BayeuxExtension> Extensions { get; } = [];

    /// <summary>Whether clients that ask for it (<c>ext.ack</c>) get acknowledged messages: nothing is lost while a session lives.</summary>
    public bool AcknowledgedMessages { get; set; } = true;

    /// <summary>
    /// Whether events leave with the answers to connects only, on every transport. That keeps their order over long-polling.
    /// </summary>
    public bool DeliverWithConnects { get; set; }

    /// <summary>
    /// Whether the answer to a handshake brings the events that the host delivered to the session when it started. Clients must be
    /// able to read <c>x-messages</c>.
    /// </summary>
    public bool DeliverWithHandshake { get; set; }

    /// <summary>The members of a publish's <c>ext</c> that its event keeps; others stay with the server.</summary>
    public IReadOnlyCollection<string> ForwardedExt { get; set; } = ["binary"];

    /// <summary>
    /// What is served, in the order told to clients: <c>websocket</c>, <c>long-polling</c>, <c>callback-polling</c>. The last
    /// is JSONP, for browsers without cross-origin requests; off by default, for its URLs, which logs may keep, hold the
    /// <c>clientId</c>.
    /// </summary>
    public IReadOnlyList<string> ConnectionTypes { get; set; } = ["websocket", "long-polling"];

    /// <summary>
    /// The largest payload accepted, on HTTP (413) and WebSocket (1009), decompressed. Of callback-polling the web server's
    /// limit on request lines (Kestrel: 8 KiB) bounds it before.
    /// </summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>The largest <c>data</c> of one publish (<c>413::message_too_large</c>).</summary>
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
    /// What becomes of a session whose queue is full when one more event comes; by default it ends as too slow, for single events are
    /// never dropped silently. Called on the publisher's thread, so it must be quick.
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

    /// <summary>The HTTP status that ends a held connect when the session sends another: 400 to 599.</summary>
    public int DuplicateConnectStatus { get; set; } = StatusCodes.Status409Conflict;

    /// <summary>The interval advised to a browser with too many held connects; zero tells it to stop.</summary>
    public TimeSpan MultiSessionInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Waiting events are joined into WebSocket frames up to this size; a larger event travels alone.</summary>
    public int MaxFrameSize { get; set; } = 32 * 1024;

    /// <summary>How often a WebSocket without traffic is pinged.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long a WebSocket may bring no message of a session while no connect is held, and how long a ping may stay unanswered.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a write may make no progress; then the connection is cut and the session kept.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to close its WebSocket after a disconnect, or to answer a close.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The subprotocol a WebSocket must offer, or the upgrade is refused with 400; null for none.</summary>
    public string? WebSocketSubProtocol { get; set; }

    /// <summary>Whether a new WebSocket needs a handshake, so that none resumes a session begun elsewhere.</summary>
    public bool RequireHandshakePerConnection { get; set; }

    /// <summary>
    /// Whether WebSockets are compressed (permessage-deflate) where clients offer it. Off by default: it costs memory and time
    /// per message, and the length of secrets compressed beside text of an attacker's choice tells about them. Each message
    /// is compressed by itself.
    /// </summary>
    public bool CompressWebSockets { get; set; }

    /// <summary>Everything wrong with these values, in words; empty if they can be served.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Between(nameof(Timeout), Timeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(Interval), Interval, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxInterval), MaxInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(nameof(MaxRequestedAdvice), MaxRequestedAdvice, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxLazyTimeout), MaxLazyTimeout, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(MaxProcessing), MaxProcessing ?? TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        Between(nameof(MultiSessionInterval), MultiSessionInterval, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        Between(nameof(PingInterval), PingInterval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(IdleTimeout), IdleTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Between(nameof(WriteTimeout), WriteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Between(nameof(CloseTimeout), CloseTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

        AtLeast(nameof(MaxMessageSize), MaxMessageSize, 1024);
        AtLeast(nameof(MaxPublishSize), MaxPublishSize, 1);
        AtLeast(nameof(MaxMessagesPerPayload), MaxMessagesPerPayload, 1);
        AtLeast(nameof(MaxSubscriptions), MaxSubscriptions, 1);
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

        if (ConnectionTypes.Count == 0) wrong.Add($"{nameof(ConnectionTypes)} must not be empty.");
        foreach (var type in ConnectionTypes)
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
            if (value.PerSecond < 1 || value.Burst < 1) wrong.Add($"{name} must be at least 1 per second and 1 at once, not {value}.");
        }

        void AtLeast(string name, long value, long least)
        {
            if (value < least) wrong.Add($"{name} must be at least {least}, not {value}.");
        }
    }
}
