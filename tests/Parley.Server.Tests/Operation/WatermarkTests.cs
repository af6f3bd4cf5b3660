using Parley.Server.Operation.Overload;
using Parley.Testing;

namespace Parley.Server.Tests.Operation;

/// <summary>When a limit closes, and when it opens again.</summary>
public sealed class WatermarkTests
{
    [Theory]
    [InlineData(10, "0 9", "open open")]
    [InlineData(10, "10", "closed")]
    [InlineData(10, "10 9 8", "closed closed open")]
    [InlineData(10, "12 9 8 9 10", "closed closed open open closed")]
    [InlineData(10, "10 0 9", "closed open open")]
    [InlineData(7, "7 6 5", "closed closed open")]
    [InlineData(2, "2 1", "closed open")]
    [InlineData(1, "0 1 1 0", "open closed closed open")]
    [InlineData(0, "0 1000000", "open open")]
    public void It_closes_at_the_limit_and_opens_at_80_percent(long limit, string levels, string expected)
    {
        var mark = new Watermark(limit);
        var seen = levels.Split(' ').Select(level => (mark = mark.At(long.Parse(level))).IsClosed ? "closed" : "open");
        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public void Requests_are_those_of_the_last_second_or_of_this_one_if_they_are_more()
    {
        var clock = new ManualTime();
        var rate = new RequestRate(clock);
        Count(3);
        Assert.Equal(3, rate.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(1));
        Count(1);
        Assert.Equal(3, rate.PerSecond);
        Count(4);
        Assert.Equal(5, rate.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(5, rate.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, rate.PerSecond);
        Count(2);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, rate.PerSecond);

        void Count(int requests)
        {
            for (var i = 0; i < requests; i++) rate.Count();
        }
    }
}
