using Parley.Simulator.Humans;

namespace Parley.Simulator.Tests.Humans;

public sealed class ChanceTests
{
    [Fact]
    public void One_persons_chances_follow_from_the_seed_and_who_it_is()
    {
        Assert.Equal(Few(new Chance(1, "Ada")), Few(new Chance(1, "Ada")));
        Assert.NotEqual(Few(new Chance(1, "Ada")), Few(new Chance(1, "Bob")));
        Assert.NotEqual(Few(new Chance(1, "Ada")), Few(new Chance(2, "Ada")));
    }

    [Fact]
    public void Times_have_the_mean_that_was_asked_for()
    {
        var (chance, mean) = (new Chance(3, "anybody"), TimeSpan.FromSeconds(10));

        Assert.InRange(Mean(() => chance.Around(mean, 0.7).TotalSeconds), 9.5, 10.5);
        Assert.InRange(Mean(() => chance.Until(mean).TotalSeconds), 9.5, 10.5);
        Assert.InRange(Mean(() => chance.AtLeastOne(5)), 4.8, 5.2);
    }

    [Fact]
    public void Nobody_has_fewer_than_one_message()
    {
        var chance = new Chance(4, "anybody");

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(1, chance.AtLeastOne(1)));
    }

    [Fact]
    public void Typing_takes_as_long_as_the_text_is_at_the_speed_that_was_asked_for()
    {
        var (chance, text) = (new Chance(5, "anybody"), new string('x', 200));

        // 40 words of five letters
        Assert.InRange(Mean(() => Typing.TimeFor(text, 40, chance).TotalSeconds), 57, 63);
        Assert.InRange(Mean(() => Typing.TimeFor(text, 80, chance).TotalSeconds), 28, 32);
        Assert.NotEqual(Typing.TimeFor(text, 40, chance), Typing.TimeFor(text, 40, chance));
    }

    private static double[] Few(Chance chance) => [.. Enumerable.Range(0, 8).Select(_ => chance.Share())];

    private static double Mean(Func<double> next) => Enumerable.Range(0, 10_000).Average(_ => next());
}
