using Parley.LossChecker.Journals;
using Parley.LossChecker.Judging;
using static Parley.Reliability.Tests.Judging.Story;

namespace Parley.Reliability.Tests.Judging;

/// <summary>The judge finds what pushes and polls left out, and what they should have.</summary>
public sealed class TellingTests
{
    [Theory]
    [InlineData(Ada)]
    [InlineData(Desk)]
    public void A_line_that_pushes_and_polls_left_out_is_untold(string deaf)
    {
        var story = Story.Good();
        foreach (var view in (string[])[Ada, Desk])
            story.Told(view, story.Lines.Where(line => view != deaf || line.Index != 4));
        Assert.Equal([Wrong.Untold], story.ReadsAll().Wrongs());
    }

    [Theory]
    [InlineData(Ada)]
    [InlineData(Desk)]
    public void An_end_that_pushes_and_polls_left_out_is_untold(string deaf)
    {
        var story = Story.Good();
        foreach (var view in (string[])[Ada, Desk])
            story.Told(view, view == deaf ? story.Lines.SkipLast(1) : story.Lines);
        Assert.Equal([Wrong.Untold], story.ReadsAll().Wrongs());
    }

    [Fact]
    public void Who_left_before_the_end_need_not_be_told_the_rest()
    {
        var story = Story.Good();
        story.Told("carol/1", story.Lines.SkipLast(1));
        Assert.Empty(story.EndsWell().Wrongs());

        story = Story.Good();
        story.Told("carol/1", story.Lines.SkipLast(1).Where(line => line.Index != 2));
        Assert.Equal([Wrong.Untold], story.EndsWell().Wrongs());
    }

    [Fact]
    public void What_could_not_be_told_and_was_read_instead_is_right_and_counted()
    {
        var story = Story.Good();
        story.Told(Desk, story.Lines.Take(2)).And(new GapSaid(Bob, "403::too old"), new Refilled(Ada, Desk, story.Lines))
            .Told(Desk, story.Lines.TakeLast(1)).Told(Ada, story.Lines).ReadsAll();
        Assert.Empty(story.Wrongs());
        Assert.Equal((1, 1), (story.Book().Gaps, story.Book().Refills));
    }

    [Fact]
    public void Notifications_whose_numbers_do_not_rise_are_doubled_or_disordered()
    {
        Assert.Equal([Wrong.Doubled], Story.Good().And(new OutOfTurn(Bob, 7, 7)).EndsWell().Wrongs());
        Assert.Equal([Wrong.Disordered], Story.Good().And(new OutOfTurn(Bob, 7, 8)).EndsWell().Wrongs());
    }

    [Fact]
    public void Agents_words_that_a_customer_is_told_or_reads_are_leaked()
    {
        var story = Story.Good().Said(Bob, "between us", Readers.Agents);
        Assert.Empty(story.EndsWell().Wrongs());

        story = Story.Good().Said(Bob, "between us", Readers.Agents);
        story.ToldAll().Told(Ada, [new(6, TextOf("between us"))]);
        Assert.Contains(Wrong.Leaked, story.ReadsAll().Wrongs());

        story = Story.Good().Said(Bob, "between us", Readers.Agents);
        story.ToldAll().Reads(Ada, ReadKind.Meanwhile, [.. Story.Good().Lines, new(6, TextOf("between us"))]);
        Assert.Contains(Wrong.Leaked, story.ReadsAll().Wrongs());
    }

    [Fact]
    public void A_coming_that_is_for_agents_and_shown_to_a_customer_is_leaked()
    {
        var story = Story.Good();
        story.Lines.Add(new(6, null, Readers.Agents));
        story.ToldAll().Told(Ada, [new(6, null)]);
        Assert.Contains(Wrong.Leaked, story.ReadsAll().Wrongs());
    }
}
