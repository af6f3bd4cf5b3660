using Parley.Bench.Push;

namespace Parley.Bench.Tests.Push;

public class TallyTests
{
    [Fact]
    public void Every_number_once_in_any_order_leaves_nothing_missing()
    {
        const int seed = 20261121;
        var numbers = Enumerable.Range(0, 1000).ToArray();
        new Random(seed).Shuffle(numbers);
        var tally = new Tally();

        Assert.All(numbers, number => Assert.True(tally.Hear(number)));

        Assert.Equal((1000, 0, 0), (tally.Next, tally.Missing(1000), tally.Repeats));
    }

    [Fact]
    public void A_gap_is_missing_until_it_is_filled()
    {
        var tally = new Tally();
        foreach (var number in new[] { 0, 1, 3, 4 }) tally.Hear(number);

        Assert.Equal(1, tally.Missing(5));
        tally.Hear(2);
        Assert.Equal(0, tally.Missing(5));
    }

    [Fact]
    public void A_repeat_is_counted_whether_its_turn_has_come_or_not()
    {
        var tally = new Tally();
        foreach (var number in new[] { 0, 5 }) tally.Hear(number);

        Assert.False(tally.Hear(0));
        Assert.False(tally.Hear(5));
        Assert.Equal((2, 4), (tally.Repeats, tally.Missing(6)));
    }
}
