using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Notifications;

/// <summary>Section <c>Parley:Notifications</c>: the notification endpoint. Times in milliseconds.</summary>
internal sealed class NotificationOptions
{
    /// <summary>How long an idle poll is held: 1 s to 10 min; shorter than any proxy on the way waits.</summary>
    [Range(1_000, 600_000)]
    public int TimeoutMs { get; set; } = 30_000;

    /// <summary>A session that has not polled for so long is gone: 1 s to 10 min.</summary>
    [Range(1_000, 600_000)]
    public int MaxIntervalMs { get; set; } = 30_000;

    /// <summary>
    /// Events that wait for one session; with one more the session is ended, and the client reads the state again.
    /// </summary>
    [Range(10, 100_000)]
    public int MaxQueue { get; set; } = 1_000;

    /// <summary>The same in bytes; a single event always fits.</summary>
    [Range(65_536, 1 << 30)]
    public int MaxQueueBytes { get; set; } = 8 << 20;

    /// <summary>
    /// How far back a client may resume that names the last notification it has seen: up to 1 h; 0 for not at all.
    /// </summary>
    [Range(0, 3_600_000)]
    public int ReplayWindowMs { get; set; } = 300_000;

    /// <summary>How many events of the log are kept in memory for that at the most, whatever the window.</summary>
    [Range(1, 1_000_000)]
    public int ReplayEvents { get; set; } = 20_000;

    internal TimeSpan ReplayWindow => TimeSpan.FromMilliseconds(ReplayWindowMs);

    /// <summary>Notification sessions of one user.</summary>
    [Range(1, 10_000)]
    public int MaxSessionsPerUser { get; set; } = 100;

    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 100_000;
}
