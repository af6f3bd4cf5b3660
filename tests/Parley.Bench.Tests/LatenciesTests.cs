using Parley.Client;

namespace Parley.Bench.Tests;

public class LatenciesTests
{
    private const double Precision = 1.008;

    [Fact]
    public void An_empty_distribution_answers_zero()
    {
        var latencies = new Latencies();

        Assert.Equal(0, latencies.Count);
        Assert.Equal(TimeSpan.Zero, latencies.Percentile(0.99));
        Assert.Equal(TimeSpan.Zero, latencies.Longest);
    }

    [Fact]
    public void Short_durations_are_exact_to_the_microsecond()
    {
        var latencies = new Latencies();
        for (var micros = 1; micros <= 200; micros++) latencies.Record(TimeSpan.FromMicroseconds(micros));

        Assert.Equal(TimeSpan.FromMicroseconds(100), latencies.Percentile(0.5));
        Assert.Equal(TimeSpan.FromMicroseconds(198), latencies.Percentile(0.99));
        Assert.Equal(TimeSpan.FromMicroseconds(200), latencies.Percentile(1));
        Assert.Equal(200, latencies.Count);
    }

    [Fact]
    public void A_percentile_is_never_below_the_truth_and_at_most_0_8_percent_above_it()
    {
        const int seed = 20261120;
        var random = new Random(seed);
        var durations = Enumerable.Range(0, 20_000)
            .Select(_ => TimeSpan.FromMicroseconds(Math.Exp(random.NextDouble() * 20))).ToArray();
        var latencies = new Latencies();
        foreach (var duration in durations) latencies.Record(duration);
        Array.Sort(durations);

        foreach (var share in new[] { 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1 })
        {
            // the histogram keeps whole microseconds
            var truth = Math.Floor(durations[(int)Math.Ceiling(share * durations.Length) - 1].TotalMicroseconds);
            Assert.InRange(latencies.Percentile(share).TotalMicroseconds, truth, (truth * Precision) + 1);
        }
        Assert.Equal(Math.Floor(durations[^1].TotalMicroseconds), latencies.Longest.TotalMicroseconds);
    }

    [Fact]
    public void One_slow_request_in_a_hundred_shows_in_p99_9_and_not_in_p90()
    {
        var latencies = new Latencies();
        for (var i = 0; i < 99; i++) latencies.Record(TimeSpan.FromMilliseconds(2));
        latencies.Record(TimeSpan.FromSeconds(3));

        Assert.InRange(latencies.Percentile(0.9).TotalMilliseconds, 2, 2 * Precision);
        Assert.Equal(TimeSpan.FromSeconds(3), latencies.Percentile(0.999));
    }

    [Fact]
    public void An_end_before_its_start_counts_as_zero_and_a_day_as_the_longest_there_is()
    {
        var latencies = new Latencies();
        latencies.Record(1000, 10);
        Assert.Equal(TimeSpan.Zero, latencies.Longest);

        latencies.Record(TimeSpan.FromDays(2));
        Assert.InRange(latencies.Longest.TotalHours, 19, 20);
    }

    [Fact]
    public async Task Many_writers_lose_nothing()
    {
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) latencies.Record(TimeSpan.FromMicroseconds((writer * 10_000) + i));
        })));

        Assert.Equal(40_000, latencies.Count);
        Assert.Equal(TimeSpan.FromMicroseconds(39_999), latencies.Longest);
    }
}
