using Parley.Bench.Customers;

namespace Parley.Bench.Tests.Customers;

public class CustomersOptionsTests
{
    [Fact]
    public void Without_arguments_two_thousand_wait_at_either_door()
    {
        var (options, errors) = CustomersOptions.Parse([]);

        Assert.Empty(errors);
        Assert.Equal((2000, 2000), (options!.Pollers, options.Pushed));
        Assert.Equal(TimeSpan.FromSeconds(3), options.PollEvery);
    }

    [Fact]
    public void Every_option_is_taken()
    {
        var (options, errors) = CustomersOptions.Parse(
            ["--start", "x.dll", "--pollers", "10", "--poll-every", "5", "--pushed", "0", "--say", "7", "--answer-every", "2",
                "--agents", "3", "--text-size", "100", "--warm-up", "0", "--seconds", "9"]);

        Assert.Empty(errors);
        Assert.Equal(("x.dll", 10, 0), (options!.ServerDll, options.Pollers, options.Pushed));
        Assert.Equal((7, 2, 3, 100), (options.Say, options.AnswerEvery, options.AgentCount, options.TextSize));
        Assert.Equal((5, 0, 9), (options.PollEvery.Seconds, options.WarmUp.Seconds, options.Measured.Seconds));
    }

    [Theory]
    [InlineData("--pollers", "-1")]
    [InlineData("--poll-every", "0")]
    [InlineData("--say", "many")]
    [InlineData("--text-size", "5")]
    [InlineData("--speed", "high")]
    [InlineData("--seconds")]
    [InlineData("--pollers", "0", "--pushed", "0")]
    public void What_cannot_be_played_is_refused_in_words(params string[] arguments)
    {
        var (options, errors) = CustomersOptions.Parse(arguments);

        Assert.Null(options);
        Assert.Contains(errors, error => error.Contains(arguments[0], StringComparison.Ordinal));
    }
}
