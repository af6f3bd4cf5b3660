using Parley.LossChecker.Journals;
using Parley.LossChecker.Judging;
using static Parley.Reliability.Tests.Judging.Story;

namespace Parley.Reliability.Tests.Judging;

/// <summary>The judge finds what it is there to find, and nothing else.</summary>
public sealed class JudgeTests
{
    [Fact]
    public void A_true_story_is_right() => Assert.Empty(Story.Good().EndsWell().Wrongs());

    [Fact]
    public void An_acknowledged_text_that_is_nowhere_is_lost()
    {
        var story = Story.Good().Sent(Ada, "gone").And(new Acknowledged(TextOf("gone")));
        Assert.Contains(Wrong.Lost, story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_text_that_was_told_and_is_not_in_a_transcript_at_the_end_is_lost()
    {
        var story = Story.Good().ToldAll().Reads(Desk, ReadKind.Final, Story.Good().Lines.SkipLast(1));
        Assert.Contains(Wrong.Lost, story.And(new Finished(true, "")).Wrongs());
    }

    [Fact]
    public void A_text_that_is_there_twice_is_doubled()
    {
        var story = Story.Good();
        story.Lines.Add(new(6, TextOf("one")));
        Assert.Equal([Wrong.Doubled], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_line_that_is_told_twice_is_doubled() =>
        Assert.Contains(Wrong.Doubled, Story.Good().ToldAll().Told(Ada, [new(5, TextOf("two"))]).ReadsAll().Wrongs());

    [Fact]
    public void Texts_of_one_sender_in_another_order_are_disordered()
    {
        var story = Story.Good();
        (story.Lines[2], story.Lines[4]) = (story.Lines[4] with { Index = 3 }, story.Lines[2] with { Index = 5 });
        Assert.Equal([Wrong.Disordered], story.EndsWell().Wrongs());
    }

    [Fact]
    public void Lines_that_are_told_in_another_order_are_disordered()
    {
        var story = Story.Good();
        story.Told(Desk, story.Lines).Told(Ada, Enumerable.Reverse(story.Lines));
        Assert.Equal([Wrong.Disordered], story.ReadsAll().Wrongs());
    }

    [Fact]
    public void A_text_of_nobody_is_unsent()
    {
        var story = Story.Good();
        story.Lines.Add(new(6, "somebody else's"));
        Assert.Equal([Wrong.Unsent], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_text_that_is_only_told_and_of_nobody_is_unsent() =>
        Assert.Contains(Wrong.Unsent, Story.Good().ToldAll().Told(Ada, [new(6, "somebody else's")]).ReadsAll().Wrongs());

    [Fact]
    public void A_refused_text_that_is_there_is_unsent()
    {
        var story = Story.Good().Sent(Ada, "no").And(new Refused(TextOf("no"), "HTTP 400"));
        Assert.Empty(story.EndsWell().Wrongs());

        story = Story.Good().Sent(Ada, "no").And(new Refused(TextOf("no"), "HTTP 400"));
        story.Lines.Add(new(6, TextOf("no")));
        Assert.Equal([Wrong.Unsent], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_text_that_was_refused_when_it_was_sent_again_may_be_there_once()
    {
        var story = Story.Good().Sent(Ada, "maybe").And(new Repeated(TextOf("maybe")), new Refused(TextOf("maybe"), "HTTP 400"));
        story.Lines.Add(new(6, TextOf("maybe")));
        Assert.Empty(story.EndsWell().Wrongs());
    }

    [Fact]
    public void An_unanswered_text_may_be_there_once_and_not_twice()
    {
        var story = Story.Good().Sent(Ada, "maybe");
        story.Lines.Add(new(6, TextOf("maybe")));
        Assert.Empty(story.EndsWell().Wrongs());

        story = Story.Good().Sent(Ada, "maybe");
        story.Lines.AddRange([new(6, TextOf("maybe")), new(7, TextOf("maybe"))]);
        Assert.Equal([Wrong.Doubled], story.EndsWell().Wrongs());
    }

    [Fact]
    public void An_index_that_two_see_differently_is_contradicted()
    {
        var story = Story.Good();
        story.Told(Desk, story.Lines).Told(Ada, [.. story.Lines.SkipLast(1), new(5, TextOf("one"))]);
        Assert.Equal([Wrong.Contradicted], story.ReadsAll().Wrongs());
    }

    [Fact]
    public void A_reading_without_what_was_acknowledged_before_is_stale()
    {
        var story = Story.Good().Reads(Ada, ReadKind.Meanwhile, Story.Good().Lines.SkipLast(1));
        Assert.Equal([Wrong.Stale], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_reading_without_what_was_acknowledged_after_it_was_asked_for_is_right()
    {
        var story = new Story().Said(Ada, "one").And(new ReadBegan(99, Ada));
        var before = story.Lines.ToArray();
        story.Said(Bob, "two").And(new ReadDone(99, Ada, Desk, ReadKind.Meanwhile, before));
        Assert.Empty(story.EndsWell().Wrongs());
    }

    [Fact]
    public void Agents_of_a_killed_node_come_back_and_are_told_more()
    {
        var said = new Story().Said(Ada, "one").Lines[^1];
        var recoveries = new Story()
            .And(new FaultBegan(1, "node killed (kill -9)", "n1") { At = 1000 }, new Heard(Ada, "carl/1", said) { At = 1100 })
            .And(new Heard(Ada, Desk, said) { At = 1001 }, new Opened(Ada, SessionKind.Replayed) { At = 1600 })
            .And(new Opened(Bob, SessionKind.Replayed) { At = 1700 }, new Heard(Ada, Desk, said) { At = 1900 })
            .And(new Opened(Bob, SessionKind.Replayed) { At = 2700 }, new Heard(Ada, Desk, said) { At = 2900 })
            .And(new FaultBegan(2, "node killed (kill -9)", "n2") { At = 5000 })
            .And(new Opened(Bob, SessionKind.Reread) { At = 5600 }, new Heard(Ada, Desk, said) { At = 5610 })
            .And(new Opened("carl", SessionKind.Reread) { At = 16_000 }, new Heard(Ada, "carl/2", said) { At = 16_010 })
            .Book().Recoveries;
        Assert.Equal([200, 10], recoveries.Silences);
    }

    [Fact]
    public void A_poll_without_what_was_acknowledged_before_is_stale()
    {
        var story = new Story().Said(Bob, "one").And(new ReadBegan(99, Ada), new Polled(99, Ada, Ada));
        Assert.Equal([Wrong.Stale], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_poll_with_what_was_acknowledged_before_for_customers_is_right()
    {
        var story = new Story().Said(Bob, "one").Said(Bob, "hush", Readers.Agents).And(new ReadBegan(99, Ada)).Said(Bob, "two");
        story.Told(Ada, story.Lines.Where(line => line.Index <= 3)).And(new Polled(99, Ada, Ada));
        Assert.Empty(story.Told(Desk, story.Lines).Told(Ada, story.Lines.Where(line => line.Index > 4)).ReadsAll().Wrongs());
    }

    [Fact]
    public void A_reading_without_what_somebody_was_told_before_is_stale()
    {
        var story = new Story().Sent(Ada, "one");
        story.Lines.Add(new(3, TextOf("one")));
        story.ToldAll().Reads(Desk, ReadKind.Meanwhile, story.Lines.SkipLast(1));
        Assert.Equal([Wrong.Stale], story.ReadsAll().Wrongs());
    }

    [Fact]
    public void A_hole_in_a_reading_is_stale()
    {
        var story = Story.Good().Reads(Desk, ReadKind.Meanwhile, Story.Good().Lines.Where(line => line.Index != 2));
        Assert.Equal([Wrong.Stale], story.EndsWell().Wrongs());
    }

    [Fact]
    public void A_talk_without_a_transcript_at_the_end_is_unfinished()
    {
        Assert.Contains(Wrong.Unfinished, Story.Good().ToldAll().And(new Finished(true, "")).Wrongs());
        Assert.Empty(Story.Good().ToldAll().Wrongs());
    }

    [Fact]
    public void Somebody_who_waits_in_vain_is_unfinished() =>
        Assert.Equal([Wrong.Unfinished], Story.Good().EndsWell().And(new Finished(false, "ada leaving")).Wrongs());
}
