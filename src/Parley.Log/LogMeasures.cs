using System.Diagnostics.Metrics;

namespace Parley.Log;

/// <summary>What can be measured of any engine: the meter <c>Parley.Log</c>.</summary>
internal static class LogMeasures
{
    private static readonly Meter Meter = new("Parley.Log");

    /// <summary>How many appends shared one commit.</summary>
    public static readonly Histogram<int> Batches = Meter.CreateHistogram(
        "parley.log.batch", "{append}", "Appends that shared one commit.", tags: null,
        new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });
}
