using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>
/// What a Bayeux endpoint does and in which times. Sizes are in bytes; wrong values stop the application at its start.
/// </summary>
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
    /// How long extensions may take over a connect; a session whose connect takes longer is removed as expired. Null for any
    /// time.
    /// </summary>
    public TimeSpan? MaxProcessing { get; set; }

    /// <summary>The longest an event may wait lazily, whatever its channel says.</summary>
    public TimeSpan MaxLazyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// What a client without a live session of its own is told: <c>402::</c> and a text. There are clients that compare it with
    /// that of older servers, <c>402::Unknown client</c>.
    /// </summary>
    public string UnknownSessionError { get; set; } = BayeuxErrors.SessionUnknown;

    /// <summary>Whether such a client is advised to handshake whatever it sent, and not only when it connects.</summary>
    public bool AlwaysAdviseHandshake { get; set; }

    /// <summary>Whether advice carries <c>maxInterval</c>, so that clients away for longer handshake without asking.</summary>
    public bool HandshakeReconnect { get; set; } = true;

    /// <summary>Whether a publisher that is subscribed receives its own events.</summary>
    public bool BroadcastToPublisher { get; set; } = true;

    /// <summary>What sees every message, reply and event; in this order on the way in.</summary>
    public IList<BayeuxExtension> Extensions { get; } = [];

    /// <summary>
    /// Whether clients that ask for it (<c>ext.ack</c>) get acknowledged messages: nothing is lost while a session lives.
    /// </summary>
    public bool AcknowledgedMessages { get; set; } = true;

    /// <summary>
    /// Whether events leave with the answers to connects only, on every transport. That keeps their order over long-polling.
    /// </summary>
    public bool DeliverWithConnects { get; set; }

    /// <summary>
    /// Whether the answer to a handshake brings the events that the host delivered to the session when it started. Clients must
    /// be able to read <c>x-messages</c>.
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

    /// <summary>The HTTP status that ends a held connect when the session sends another: 400 to 599.</summary>
    public int DuplicateConnectStatus { get; set; } = StatusCodes.Status409Conflict;

    /// <summary>The interval advised to a browser with too many held connects; zero tells it to stop.</summary>
    public TimeSpan MultiSessionInterval { get; set; } = TimeSpan.FromSeconds(2);
}
