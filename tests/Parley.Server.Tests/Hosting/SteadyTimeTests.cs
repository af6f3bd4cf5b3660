using Parley.Server.Hosting;
using Parley.Testing;

namespace Parley.Server.Tests.Hosting;

public sealed class SteadyTimeTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualTime system = new();
    private readonly SteadyTime time;
    private readonly DateTimeOffset start;

    public SteadyTimeTests()
    {
        time = new SteadyTime(system);
        start = system.GetUtcNow();
    }

    [Fact]
    public void It_is_the_systems_while_that_runs_evenly()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(system.GetUtcNow(), time.GetUtcNow());
            system.Advance(TimeSpan.FromSeconds(i));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_clock_that_is_set_is_followed_by_a_tenth_of_the_time_that_passes(int hours)
    {
        system.Set(hours * Hour);
        Assert.Equal(start, time.GetUtcNow());
        Assert.Equal(hours * Hour, time.Lead);

        system.Advance(Hour);
        Assert.Equal(start + Hour + (hours * Hour / 10), time.GetUtcNow());

        for (var minute = 0; minute < 9 * 60; minute++)
        {
            system.Advance(TimeSpan.FromMinutes(1));
            time.GetUtcNow();
        }
        Assert.Equal(system.GetUtcNow(), time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, time.Lead);
        system.Advance(Hour);
        Assert.Equal(system.GetUtcNow(), time.GetUtcNow());
    }

    [Fact]
    public void It_never_goes_back_whoever_sets_the_clock_meanwhile()
    {
        var random = new Random(7);
        var last = time.GetUtcNow();
        for (var i = 0; i < 10_000; i++)
        {
            if (random.Next(5) == 0) system.Set(TimeSpan.FromSeconds(random.Next(-7_200, 7_200)));
            else system.Advance(TimeSpan.FromMilliseconds(random.Next(2_000)));
            var next = time.GetUtcNow();
            Assert.True(next >= last, $"{last} was followed by {next}");
            last = next;
        }
    }

    [Fact]
    public void Its_timers_and_timestamps_are_the_systems()
    {
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        var began = time.GetTimestamp();

        system.Set(Hour);
        Assert.Equal((0, TimeSpan.Zero), (fired, time.GetElapsedTime(began)));

        system.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, TimeSpan.FromSeconds(10)), (fired, time.GetElapsedTime(began)));
    }
}
