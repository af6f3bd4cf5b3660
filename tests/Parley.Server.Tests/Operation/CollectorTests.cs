using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Operation.Metrics;

namespace Parley.Server.Tests.Operation;

/// <summary>How measurements become Prometheus's text.</summary>
public sealed class CollectorTests : IDisposable
{
    private readonly Meters meters = new();
    private readonly Meter meter;
    private readonly Collector collector;

    public CollectorTests()
    {
        meter = meters.Create(Measures.Name);
        collector = new(meters, new MetricsOptions { MaxSeries = 10 }, NullLogger<Collector>.Instance);
        collector.StartAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        collector.Dispose();
        meters.Dispose();
    }

    [Fact]
    public void A_counter_adds_up_by_labels_and_ends_with_total()
    {
        var counter = meter.CreateCounter<long>("a.b-c", "{thing}", "Things.");
        counter.Add(2, Tag("d.e", "x"));
        counter.Add(3, Tag("d.e", "x"));
        counter.Add(5, Tag("d.e", "y"));
        Assert.Equal(
            """
            # HELP a_b_c_total Things.
            # TYPE a_b_c_total counter
            a_b_c_total{d_e="x"} 5
            a_b_c_total{d_e="y"} 5

            """,
            Own("a_b_c"));
    }

    [Fact]
    public void A_histogram_counts_in_each_bucket_what_is_in_those_before_it()
    {
        var histogram = meter.CreateHistogram(
            "took", "s", "Time.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (var value in (double[])[0.25, 0.5, 0.75, 2]) histogram.Record(value);
        Assert.Equal(
            """
            # HELP took_seconds Time.
            # TYPE took_seconds histogram
            took_seconds_bucket{le="0.5"} 2
            took_seconds_bucket{le="1"} 3
            took_seconds_bucket{le="+Inf"} 4
            took_seconds_sum 3.5
            took_seconds_count 4

            """,
            Own("took"));
    }

    [Fact]
    public void What_is_looked_at_is_looked_at_anew_each_time()
    {
        var now = 7;
        meter.CreateObservableGauge("level", () => now);
        Assert.Contains("level 7\n", Own("level"));
        now = 3;
        Assert.Contains("level 3\n", Own("level"));
    }

    [Fact]
    public void Names_and_labels_in_any_script_are_written_as_the_format_wants_them()
    {
        meter.CreateCounter<int>("odd", null, "Back\\slash\nand \"quotes\".").Add(1, Tag("queue", "a\"b\\c\nd ü"));
        Assert.Equal(
            """
            # HELP odd_total Back\\slash\nand "quotes".
            # TYPE odd_total counter
            odd_total{queue="a\"b\\c\nd ü"} 1

            """,
            Own("odd"));
    }

    [Fact]
    public void Beyond_the_bound_of_series_everything_is_counted_together()
    {
        var counter = meter.CreateCounter<int>("many");
        for (var i = 0; i < 1_000; i++) counter.Add(1, Tag("n", i));
        var read = PrometheusText.Read(Own("many"));
        Assert.Equal(11, read.Samples.Count);
        Assert.Equal(990, read.Samples["many_total{overflow=\"true\"}"]);
    }

    [Fact]
    public void Two_instruments_of_one_name_are_one_metric()
    {
        meter.CreateObservableUpDownCounter("sessions", () => new Measurement<int>(2, Tag("endpoint", "a")));
        meter.CreateObservableUpDownCounter("sessions", () => new Measurement<int>(3, Tag("endpoint", "a")));
        Assert.Equal(5, PrometheusText.Read(Own("sessions")).Samples["sessions{endpoint=\"a\"}"]);
    }

    [Fact]
    public void A_part_that_cannot_be_looked_at_hides_nothing_else()
    {
        meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException("a bug of the test's"));
        meter.CreateObservableGauge("whole", () => 1);
        Assert.Contains("whole 1\n", Own("whole"));
    }

    [Fact]
    public void Meters_of_other_servers_in_the_process_are_not_heard()
    {
        using var others = new Meters();
        others.Create(Measures.Name).CreateCounter<int>("foreign").Add(1);
        Assert.Equal("", Own("foreign"));
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);

    private string Own(string prefix) =>
        Exposition.Of(collector.Look().Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)));
}
