using System.Diagnostics;
using System.Numerics;

namespace Parley.Client;

/// <summary>A distribution of durations: fixed memory, safe for many writers, every answer at most 0.8 % too high.</summary>
/// <remarks>
/// Microseconds in buckets: one per value up to 255, then 128 per power of two up to about 19 hours. A percentile is the
/// upper end of its bucket, so it is never better than the truth.
/// </remarks>
public sealed class Latencies
{
    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int HighestBit = 36;

    private readonly long[] counts = new long[BucketOf((1L << HighestBit) - 1) + 1];
    private long count;
    private long longest;

    /// <summary>How many durations were recorded.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>The longest duration recorded, exact to the microsecond; zero if there is none.</summary>
    public TimeSpan Longest => TimeSpan.FromMicroseconds(Volatile.Read(ref longest));

    /// <summary>
    /// Records the time between two <see cref="Stopwatch"/> timestamps; an end before the start counts as zero.
    /// </summary>
    public void Record(long start, long end) => Record(Stopwatch.GetElapsedTime(start, end));

    /// <summary>Records a duration; a negative one counts as zero.</summary>
    public void Record(TimeSpan duration)
    {
        var micros = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, (1L << HighestBit) - 1);
        Interlocked.Increment(ref counts[BucketOf(micros)]);
        Interlocked.Increment(ref count);
        for (var seen = Volatile.Read(ref longest); micros > seen;)
        {
            var before = Interlocked.CompareExchange(ref longest, micros, seen);
            if (before == seen) break;
            seen = before;
        }
    }

    /// <summary>The duration that a share of all recorded ones does not exceed.</summary>
    /// <param name="share">0 to 1: 0.5 is the median.</param>
    public TimeSpan Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long below = 0;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            below += Volatile.Read(ref counts[bucket]);
            if (below >= rank) return TimeSpan.FromMicroseconds(Math.Min(UpperEnd(bucket), Volatile.Read(ref longest)));
        }
        return TimeSpan.Zero;
    }

    private static int BucketOf(long micros)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)micros | 1) - SubBucketBits);
        return (shift << SubBucketBits) + (int)(micros >> shift);
    }

    private static long UpperEnd(int bucket)
    {
        var shift = Math.Max(0, (bucket >> SubBucketBits) - 1);
        var lower = (long)(bucket - (shift << SubBucketBits)) << shift;
        return lower + (1L << shift) - 1;
    }
}
