using Parley.Simulator.Measures;

namespace Parley.Simulator.Progress;

/// <summary>How a simulation stands at one moment.</summary>
/// <param name="Elapsed">Since the first customer could come, in the time of the people.</param>
/// <param name="AcceptP50">How long half of the customers waited at most until an agent came.</param>
/// <param name="ReplyP50">How long the server took for half of its answers at most.</param>
internal sealed record Snapshot(
    TimeSpan Elapsed, int Waiting, int InChat, int Done, int GaveUp, int Messages, TimeSpan AcceptP50, TimeSpan ReplyP50,
    TimeSpan ReplyP99, int Overloads, int Errors)
{
    public static Snapshot Of(Tally tally, Meter meter, TimeSpan elapsed) => new(
        elapsed, tally.Waiting, tally.InChat, tally.Of(Outcome.Done), tally.Of(Outcome.GaveUp), tally.Messages,
        tally.Waits.Percentile(0.5), meter.Answers.Percentile(0.5), meter.Answers.Percentile(0.99),
        meter.Count(Verdict.Overload), meter.Wrongs);

    /// <summary>In one line, the most important first: a narrow terminal shows the beginning.</summary>
    public override string ToString()
    {
        var rate = Elapsed > TimeSpan.Zero ? Messages / Elapsed.TotalSeconds : 0;
        return FormattableString.Invariant(
            $"{Elapsed:hh\\:mm\\:ss}  {Waiting} waiting, {InChat} in chat, {Done} done, {GaveUp} gave up, ")
            + FormattableString.Invariant($"{Errors} errors, {Overloads} overload; {Messages} messages, {rate:0.0}/s; ")
            + FormattableString.Invariant($"accepted in {AcceptP50.TotalSeconds:0} s; ")
            + FormattableString.Invariant($"p50 {ReplyP50.TotalMilliseconds:0.0} p99 {ReplyP99.TotalMilliseconds:0.0} ms");
    }
}
