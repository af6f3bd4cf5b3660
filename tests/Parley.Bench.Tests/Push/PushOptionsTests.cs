using Parley.Bench.Push;

namespace Parley.Bench.Tests.Push;

public class PushOptionsTests
{
    [Fact]
    public void Without_arguments_everything_is_played()
    {
        var (options, errors) = PushOptions.Parse([]);

        Assert.Empty(errors);
        Assert.All(Contestant.All, contestant => Assert.True(options!.Plays(contestant)));
        Assert.Equal([200, 1000, 5000], options!.Sessions);
    }

    [Fact]
    public void Only_what_was_chosen_is_played()
    {
        var (options, _) = PushOptions.Parse(["--servers", "bayeux,cometd", "--transports", "long-polling", "--quick"]);

        Assert.Equal(["bayeux poll", "cometd poll"], Contestant.All.Where(options!.Plays).Select(contestant => $"{contestant}"));
    }

    [Theory]
    [InlineData("--servers", "kestrel,jetty")]
    [InlineData("--sessions", "7")]
    [InlineData("--sessions", "200,many")]
    [InlineData("--rates", "0")]
    [InlineData("--text-size", "20")]
    [InlineData("--speed", "high")]
    public void What_cannot_be_played_is_refused_in_words(string name, string value)
    {
        var (options, errors) = PushOptions.Parse([name, value]);

        Assert.Null(options);
        Assert.Contains(errors, error => error.Contains(name, StringComparison.Ordinal));
    }
}
