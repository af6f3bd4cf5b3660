using System.Collections.Concurrent;
using Parley.Client;

namespace Parley.Simulator.Measures;

/// <summary>How long the server took for each kind of request, and what it refused. Goes by the clock on the wall.</summary>
internal sealed class Meter(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Latencies> byKind = new();
    private readonly ConcurrentDictionary<(Verdict Verdict, string What), int> troubles = new();
    private long requests;

    /// <summary>Requests and payloads of Bayeux, polls included.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>All answers together.</summary>
    public Latencies Answers { get; } = new();

    /// <summary>The answers of each kind of request.</summary>
    public IReadOnlyList<KeyValuePair<string, Latencies>> Kinds => [.. byKind.OrderBy(kind => kind.Key, StringComparer.Ordinal)];

    /// <summary>What was not done, with how often.</summary>
    public IReadOnlyList<(Verdict Verdict, string What, int Count)> Troubles =>
        [.. troubles.Select(t => (t.Key.Verdict, t.Key.What, t.Value)).OrderBy(t => t.Verdict).ThenBy(t => t.What)];

    /// <summary>How often something went wrong that should not.</summary>
    public int Wrongs => Count(Verdict.Wrong);

    public int Count(Verdict verdict) => troubles.Where(t => t.Key.Verdict == verdict).Sum(t => t.Value);

    /// <summary>A request that nobody waits for to judge it.</summary>
    public void CountRequest() => Interlocked.Increment(ref requests);

    /// <summary>Something that was not done, whoever noticed it.</summary>
    public void Note(Verdict verdict, string what) => troubles.AddOrUpdate((verdict, what), 1, (_, count) => count + 1);

    /// <summary>Makes one request and judges its answer.</summary>
    /// <param name="kind">What it is, in the report's words.</param>
    /// <param name="verdictOf">Other than that of an answer in a chat.</param>
    public async Task<(Reply Reply, Verdict Verdict)> AskAsync(
        string kind, Func<Task<Reply>> ask, Func<Reply, Verdict>? verdictOf = null)
    {
        CountRequest();
        var from = clock.GetTimestamp();
        var reply = await ask();
        var verdict = (verdictOf ?? Verdicts.Of)(reply);
        if (reply.Fate == Fate.Acknowledged) Record(kind, clock.GetElapsedTime(from));
        if (verdict != Verdict.Done) Note(verdict, $"{kind}: {reply.Why}");
        return (reply, verdict);
    }

    private void Record(string kind, TimeSpan took)
    {
        byKind.GetOrAdd(kind, _ => new Latencies()).Record(took);
        Answers.Record(took);
    }
}
