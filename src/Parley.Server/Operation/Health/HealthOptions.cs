using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Operation.Health;

/// <summary>Section <c>Parley:Health</c>: from when on a delay is a failure. Times in milliseconds.</summary>
internal sealed class HealthOptions
{
    /// <summary>How long a command may wait to be stored before the server is not ready: 100 ms to 1 h.</summary>
    [Range(100, 3_600_000)]
    public int MaxStoreDelayMs { get; set; } = 10_000;

    /// <summary>
    /// How long those who are pushed may wait to be told of a stored command before the server is not ready: 100 ms to 1 h.
    /// </summary>
    [Range(100, 3_600_000)]
    public int MaxTellDelayMs { get; set; } = 10_000;

    /// <summary>How often a log that could not store is tried again when nobody else does: 100 ms to 10 min.</summary>
    [Range(100, 600_000)]
    public int ProbeEveryMs { get; set; } = 1_000;

    internal TimeSpan MaxStoreDelay => TimeSpan.FromMilliseconds(MaxStoreDelayMs);
    internal TimeSpan MaxTellDelay => TimeSpan.FromMilliseconds(MaxTellDelayMs);
    internal TimeSpan ProbeEvery => TimeSpan.FromMilliseconds(ProbeEveryMs);
}
