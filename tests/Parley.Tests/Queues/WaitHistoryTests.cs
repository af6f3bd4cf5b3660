using Parley.Queues;

namespace Parley.Tests.Queues;

public sealed class WaitHistoryTests
{
    [Fact]
    public void Too_few_waits_tell_nothing()
    {
        Assert.Null(History(1, 2, 3, 4).EstimateAt(Cast.Noon));
        Assert.NotNull(History(1, 2, 3, 4, 5).EstimateAt(Cast.Noon));
    }

    [Theory]
    [InlineData(new double[] { 3, 3, 3, 3, 3 }, 3, 3)]
    [InlineData(new double[] { 0, 0, 0, 0, 0 }, 1, 1)]
    [InlineData(new[] { 2.2, 2.4, 2.5, 2.6, 2.8 }, 2, 3)]
    [InlineData(new double[] { 9, 1, 5, 3, 7 }, 3, 7)]
    [InlineData(new double[] { 5, 5, 5, 5, 5, 5, 5, 5, 600 }, 5, 5)]
    public void The_estimate_is_what_the_middle_half_waited_rounded_outwards(double[] minutes, int atLeast, int atMost) =>
        Assert.Equal(new WaitEstimate(atLeast, atMost), History(minutes).EstimateAt(Cast.Noon));

    [Fact]
    public void Old_waits_are_forgotten()
    {
        var history = History(1, 2, 3, 4, 5);
        Assert.NotNull(history.EstimateAt(Cast.Noon + WaitHistory.Recent));
        Assert.Null(history.EstimateAt(Cast.Noon + WaitHistory.Recent + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Only_the_latest_count()
    {
        var history = History([.. Enumerable.Repeat(60.0, WaitHistory.MaxSamples)]);
        for (var i = 0; i < WaitHistory.MaxSamples; i++) history.Add(Cast.Noon, TimeSpan.FromMinutes(2));
        Assert.Equal(new WaitEstimate(2, 2), history.EstimateAt(Cast.Noon));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_negative_wait() =>
        Assert.Equal(new WaitEstimate(1, 1), History(-3, -3, -3, -3, -3).EstimateAt(Cast.Noon));

    private static WaitHistory History(params double[] minutes)
    {
        var history = new WaitHistory();
        foreach (var waited in minutes) history.Add(Cast.Noon, TimeSpan.FromMinutes(waited));
        return history;
    }
}
