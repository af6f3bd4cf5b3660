using System.Diagnostics;
using Parley.Client;

namespace Parley.Bench.Customers;

/// <summary>What customers measured in one period; what was due before it does not count.</summary>
/// <param name="from">A <see cref="Stopwatch"/> timestamp.</param>
internal sealed class Measures(long from)
{
    /// <summary>From the request of a customer who will poll to the answer that brings the keys.</summary>
    public Latencies Creates { get; } = new();

    /// <summary>The same by CometD: from the publish to the push that brings the keys.</summary>
    public Latencies PushedCreates { get; } = new();

    /// <summary>From the moment a poll was due to its answer.</summary>
    public Latencies Polls { get; } = new();

    /// <summary>From the moment a message was due to the answer; customers who poll.</summary>
    public Latencies Sends { get; } = new();

    /// <summary>From the moment a message was due until its own sender is pushed it; customers on CometD.</summary>
    public Latencies OwnPushes { get; } = new();

    /// <summary>From an agent's request until the customer is pushed what it says; customers on CometD.</summary>
    public Latencies AgentPushes { get; } = new();

    /// <summary>Counts what was due then and has happened now.</summary>
    public void Note(Latencies which, long due)
    {
        if (due >= from) which.Record(due, Stopwatch.GetTimestamp());
    }
}
