using Parley.Bench.Push;

namespace Parley.Bench.Tests.Push;

public class RateSearchTests
{
    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1000, 4321)]
    [InlineData(1000, 170)]
    public void The_answer_is_the_highest_good_rate_less_six_percent_at_most(double guess, double truth)
    {
        var search = new RateSearch(guess);
        while (!search.IsDone) search.Report(search.Rate <= truth);

        Assert.InRange(search.Best, truth / 1.06, truth);
    }

    [Fact]
    public void A_server_that_is_never_good_ends_the_search_with_nothing()
    {
        var search = new RateSearch(1000);
        var steps = 0;
        for (; !search.IsDone; steps++) search.Report(good: false);

        Assert.Equal(0, search.Best);
        Assert.InRange(steps, 1, 20);
    }
}
