using System.Diagnostics;

namespace Parley.Bench.Tests;

public class MessageJournalTests
{
    [Fact]
    public void A_late_send_is_measured_from_when_it_was_due()
    {
        var journal = new MessageJournal(10);
        var due = Stopwatch.GetTimestamp() - Stopwatch.Frequency;
        journal.Acknowledged(journal.Begin(customer: 0, due));

        var summary = journal.Summarise(due, Stopwatch.GetTimestamp());

        Assert.Equal(1, summary.Acknowledged);
        Assert.True(summary.Replies.Longest >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void An_acknowledged_message_that_no_agent_saw_is_counted_and_a_second_notification_too()
    {
        var journal = new MessageJournal(10);
        var seen = journal.Begin(customer: 4, due: 1);
        var unseen = journal.Begin(customer: 5, due: 1);
        journal.Acknowledged(seen);
        journal.Acknowledged(unseen);

        Assert.Equal(4, journal.Seen(seen, at: 2));
        Assert.Equal(-1, journal.Seen(seen, at: 3));

        Assert.Equal(1, journal.Unseen());
        Assert.Equal(1, journal.Repeats);
    }

    [Fact]
    public void Numbers_of_no_message_of_this_run_are_ignored()
    {
        var journal = new MessageJournal(10);
        journal.Begin(customer: 0, due: 1);

        Assert.Equal(-1, journal.Seen(1, at: 2));
        Assert.Equal(-1, journal.Seen(-1, at: 2));
        Assert.Equal(0, journal.Repeats);
    }

    [Fact]
    public void A_full_journal_takes_no_more()
    {
        var journal = new MessageJournal(1);

        Assert.Equal(0, journal.Begin(customer: 0, due: 1));
        Assert.Equal(-1, journal.Begin(customer: 0, due: 1));
        Assert.Equal(1, journal.Count);
    }
}
