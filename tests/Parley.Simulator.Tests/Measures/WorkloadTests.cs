using Parley.Simulator.Measures;
using Parley.Testing;

namespace Parley.Simulator.Tests.Measures;

public sealed class WorkloadTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void Only_the_time_in_which_an_agent_has_chats_counts()
    {
        var work = new Workload(time);

        Pass(60);
        var first = work.Take("Ada");
        Pass(10);
        var second = work.Take("Ada");
        Pass(20);
        work.Put("Ada", first);
        Pass(10);
        work.Put("Ada", second);
        Pass(60);

        // 20 s with two, 20 s with one
        Assert.Equal(1.5, work.Concurrency, 6);
        Assert.Equal(TimeSpan.FromSeconds(30), work.Handling);
        Assert.Equal(2, work.Handlings);
    }

    [Fact]
    public void A_chat_that_was_cut_short_says_nothing_of_how_long_chats_take()
    {
        var work = new Workload(time);

        work.Take("Ada");
        Pass(10);
        work.Put("Ada", null);

        Assert.Equal(1, work.Concurrency, 6);
        Assert.Equal((0, TimeSpan.Zero), (work.Handlings, work.Handling));
    }

    private void Pass(int seconds) => time.Advance(TimeSpan.FromSeconds(seconds));
}
