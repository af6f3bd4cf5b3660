using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Customers;

/// <summary>
/// Section <c>Parley:GmsCometd</c>: GMS Chat over CometD, beside what <c>Parley:Customers</c> says of all doors. Times in
/// milliseconds.
/// </summary>
internal sealed class GmsCometdOptions
{
    /// <summary>How long an idle poll is held: 1 s to 10 min; shorter than any proxy on the way waits.</summary>
    [Range(1_000, 600_000)]
    public int TimeoutMs { get; set; } = 30_000;

    /// <summary>How long clients wait between two polls.</summary>
    [Range(0, 60_000)]
    public int IntervalMs { get; set; }

    /// <summary>A session that has not polled for so long is gone: 1 s to 10 min.</summary>
    [Range(1_000, 600_000)]
    public int MaxIntervalMs { get; set; } = 15_000;

    /// <summary>How long events wait for others to be pushed with: up to 1 s.</summary>
    [Range(0, 1_000)]
    public int BatchMs { get; set; } = 50;

    /// <summary>How long a session still belongs to a chat that has ended: up to 1 h.</summary>
    [Range(0, 3_600_000)]
    public int LingerMs { get; set; } = 60_000;

    /// <summary>
    /// Sessions that are pushed the events of one chat, as the tabs of a browser are; with one more the oldest is not.
    /// </summary>
    [Range(1, 100)]
    public int MaxSessionsPerChat { get; set; } = 5;

    /// <summary>Sessions altogether; beyond that handshakes are refused for a while.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>Sessions of one address; behind a proxy that does not tell addresses all customers share it.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessionsPerAddress { get; set; } = 20_000;

    /// <summary>Handshakes of one address in a second, ten times as many at once.</summary>
    [Range(1, 100_000)]
    public int HandshakesPerSecond { get; set; } = 50;

    /// <summary>What one session may publish in a second, ten times as much at once.</summary>
    [Range(1, 10_000)]
    public int PublishesPerSecond { get; set; } = 100;

    /// <summary>Bayeux messages in one request or frame.</summary>
    [Range(2, 256)]
    public int MaxMessagesPerRequest { get; set; } = 64;

    /// <summary>
    /// Pushes that wait for one session; with one more the session is ended, and the client handshakes and asks for what it
    /// missed.
    /// </summary>
    [Range(10, 10_000)]
    public int MaxQueue { get; set; } = 200;

    /// <summary>The same in bytes; a single push always fits.</summary>
    [Range(65_536, 1 << 30)]
    public int MaxQueueBytes { get; set; } = 8 << 20;

    internal TimeSpan Batch => TimeSpan.FromMilliseconds(BatchMs);
    internal TimeSpan Linger => TimeSpan.FromMilliseconds(LingerMs);
}
