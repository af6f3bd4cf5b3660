using Parley.Simulator.Humans;
using Parley.Testing;

namespace Parley.Simulator.Tests.Humans;

public sealed class FastTimeTests
{
    private readonly ManualTime clock = new();

    [Fact]
    public void Ten_times_as_fast_a_second_on_the_wall_is_ten_for_people()
    {
        var time = new FastTime(clock, 10);
        var (from, started) = (time.GetTimestamp(), time.GetUtcNow());

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(10), time.GetElapsedTime(from));
        Assert.Equal(started + TimeSpan.FromSeconds(10), time.GetUtcNow());
    }

    [Fact]
    public void What_takes_people_ten_seconds_is_over_after_one()
    {
        var waiting = Task.Delay(TimeSpan.FromSeconds(10), new FastTime(clock, 10), TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(waiting.IsCompleted);
    }
}
