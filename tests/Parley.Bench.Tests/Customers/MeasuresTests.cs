using System.Diagnostics;
using Parley.Bench.Customers;

namespace Parley.Bench.Tests.Customers;

public class MeasuresTests
{
    [Fact]
    public void What_was_due_before_the_period_does_not_count()
    {
        var start = Stopwatch.GetTimestamp();
        var measures = new Measures(start);

        measures.Note(measures.Polls, start - 1);
        measures.Note(measures.Polls, start);

        Assert.Equal(1, measures.Polls.Count);
    }
}
