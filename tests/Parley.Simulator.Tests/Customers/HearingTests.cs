using Parley.Simulator.Customers;
using Parley.Testing;

namespace Parley.Simulator.Tests.Customers;

public sealed class HearingTests
{
    private readonly ManualTime time = new();
    private int agentsThatCame;

    [Fact]
    public void A_line_that_is_told_again_counts_once()
    {
        var hearing = Hearing();

        for (var i = 0; i < 2; i++)
        {
            hearing.Told(new Line(1, Speaker.Customer, "Hello"));
            hearing.Told(new Line(2, Speaker.Agent, null));
            hearing.Told(new Line(3, Speaker.Agent, "Good morning"));
        }

        Assert.Equal((3, 1, 1), (hearing.LastIndex, hearing.Answers, agentsThatCame));
        Assert.Null(hearing.FlawOf(["Hello"]));
    }

    [Theory]
    [InlineData("a,b", "a", "missing")]
    [InlineData("a", "a,a", "twice")]
    [InlineData("a,b", "b,a", "out of order")]
    public void A_transcript_that_is_not_whole_is_noticed(string acknowledged, string told, string flaw)
    {
        var hearing = Hearing();
        var index = 0;
        foreach (var text in told.Split(',')) hearing.Told(new Line(++index, Speaker.Customer, text));

        Assert.Contains(flaw, hearing.FlawOf(acknowledged.Split(',')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_with_what_is_waited_for_with_the_chat_or_with_patience()
    {
        var hearing = Hearing();
        var answer = hearing.UntilAsync(() => hearing.Answers > 0, TimeSpan.FromSeconds(10), CancellationToken.None);
        hearing.Told(new Line(1, Speaker.Agent, "Yes"));
        Assert.True(await answer);

        var second = hearing.UntilAsync(() => hearing.Answers > 1, TimeSpan.FromSeconds(10), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.False(await second);

        var third = hearing.UntilAsync(() => hearing.Answers > 1, TimeSpan.FromSeconds(10), CancellationToken.None);
        hearing.Over();
        Assert.False(await third);
    }

    private Hearing Hearing() => new(time, () => agentsThatCame++);
}
