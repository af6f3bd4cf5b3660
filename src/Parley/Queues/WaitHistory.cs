namespace Parley.Queues;

/// <summary>How long the chats of one line waited that were accepted lately, and what that lets others expect.</summary>
/// <remarks>It keeps the latest only, so that its size is bounded.</remarks>
public sealed class WaitHistory
{
    /// <summary>How many of the latest waits count.</summary>
    public const int MaxSamples = 50;

    /// <summary>With fewer nothing can be said.</summary>
    public const int MinSamples = 5;

    /// <summary>What is older says nothing about now.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    private readonly Queue<(DateTimeOffset At, TimeSpan Waited)> samples = new();

    /// <summary>A chat was accepted after it had waited.</summary>
    public void Add(DateTimeOffset at, TimeSpan waited)
    {
        samples.Enqueue((at, waited < TimeSpan.Zero ? TimeSpan.Zero : waited));
        if (samples.Count > MaxSamples) samples.Dequeue();
    }

    /// <summary>
    /// What half of the recent waits lay between, in whole minutes; null when there are too few to tell.
    /// </summary>
    public WaitEstimate? EstimateAt(DateTimeOffset now)
    {
        TimeSpan[] recent = [.. samples.Where(s => now - s.At <= Recent).Select(s => s.Waited).Order()];
        if (recent.Length < MinSamples) return null;
        var last = recent.Length - 1;
        // rounded outwards, and nobody is promised no wait at all
        return new WaitEstimate(
            Math.Max(1, (int)Math.Floor(recent[last / 4].TotalMinutes)),
            Math.Max(1, (int)Math.Ceiling(recent[last - last / 4].TotalMinutes)));
    }
}

/// <summary>How long somebody is likely to wait, in minutes.</summary>
public readonly record struct WaitEstimate(int AtLeast, int AtMost);
