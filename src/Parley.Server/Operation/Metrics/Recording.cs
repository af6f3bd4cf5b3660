using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Parley.Server.Operation.Metrics;

/// <summary>The series of one instrument, as many as may be.</summary>
internal sealed class Recording
{
    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly ConcurrentDictionary<TagSet, Series> series = new(TagSet.ByValue);
    private readonly ConcurrentDictionary<TagSet, Series>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> lookup;
    private readonly Func<Series> create;
    private readonly int maxSeries;
    private int count;

    public Recording(Instrument instrument, int maxSeries)
    {
        (Instrument, this.maxSeries) = (instrument, maxSeries);
        lookup = series.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        var kind = instrument.GetType();
        var generic = kind.IsGenericType ? kind.GetGenericTypeDefinition() : null;
        IsMonotonic = generic == typeof(Counter<>) || generic == typeof(ObservableCounter<>);
        IsDistribution = generic == typeof(Histogram<>);
        create = IsDistribution ? () => new Series.Distribution(BoundsOf(instrument))
            : generic == typeof(Gauge<>) ? () => new Series.Last()
            : () => new Series.Added();
    }

    public Instrument Instrument { get; }

    /// <summary>Whether it only ever grows.</summary>
    public bool IsMonotonic { get; }

    public bool IsDistribution { get; }

    public IEnumerable<KeyValuePair<TagSet, Series>> All => series;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Of(tags).Record(value);

    /// <summary>What is looked at anew each time begins from nothing.</summary>
    public void BeginLook()
    {
        if (!Instrument.IsObservable) return;
        series.Clear();
        Volatile.Write(ref count, 0);
    }

    private Series Of(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (lookup.TryGetValue(tags, out var known)) return known;
        if (Interlocked.Increment(ref count) > maxSeries) return series.GetOrAdd(TagSet.Overflow, _ => create());
        var added = create();
        return lookup.TryAdd(tags, added) ? added : lookup[tags];
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> h => h.Advice?.HistogramBucketBoundaries,
        Histogram<long> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        Histogram<int> h => h.Advice?.HistogramBucketBoundaries?.Select(b => (double)b).ToArray(),
        _ => null,
    } ?? DefaultBounds;
}
