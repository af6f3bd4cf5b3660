using Parley.Bench.Push;

namespace Parley.Bench.Tests.Push;

public class TargetTests
{
    private static readonly Contestant Ceiling = Find(Contestant.Ceiling, Contestant.WebSocket);
    private static readonly Contestant Ours = Find(Contestant.Ours, Contestant.WebSocket);

    [Fact]
    public void A_ratio_is_taken_within_the_run_and_the_same_transport()
    {
        Figures[] run =
        [
            new(Ceiling, 1000) { FanOut = new FanOutFigures(200_000, 2.5, 1, 0.5) },
            new(Ours, 1000) { FanOut = new FanOutFigures(150_000, 4.5, 1, 0.5) },
        ];
        var targets = Target.Of(run).Where(target => target.IsMet is not null).ToArray();

        Assert.Equal([(0.75, true), (4.5, false)], targets.Select(target => (target.Reached!.Value, target.IsMet!.Value)));
    }

    [Fact]
    public void A_rate_that_was_given_up_misses_its_target()
    {
        var figures = new Figures(Ours, 1000);
        figures.AtRate[1000] = null;

        Assert.False(Target.Of([figures]).Single(target => target.IsMet is not null).IsMet);
    }

    private static Contestant Find(string server, string transport) =>
        Contestant.All.Single(contestant => contestant.Server == server && contestant.Transport == transport);
}
