using System.Diagnostics;
using Parley.Client;

namespace Parley.Bench;

/// <summary>When each message of a customer was due, acknowledged and seen by its agent: one row per message.</summary>
/// <remarks>
/// Rows are written without locks, each cell by one thread, and read after the run. Times are <see cref="Stopwatch"/>
/// timestamps; 0 means "did not happen".
/// </remarks>
internal sealed class MessageJournal(int capacity)
{
    private readonly Row[] rows = new Row[capacity];
    private int begun;
    private long repeats;

    /// <summary>How many messages were begun.</summary>
    public int Count => Math.Min(Volatile.Read(ref begun), rows.Length);

    /// <summary>How many notifications brought a message that had been seen already.</summary>
    public long Repeats => Volatile.Read(ref repeats);

    /// <summary>Opens a row and answers its number, or −1 when the journal is full.</summary>
    /// <param name="customer">The number of the customer who sends.</param>
    /// <param name="due">When the message was to be sent; later than planned counts against the server.</param>
    public int Begin(int customer, long due)
    {
        var number = Interlocked.Increment(ref begun) - 1;
        if (number >= rows.Length) return -1;
        rows[number].Customer = customer;
        rows[number].Due = due;
        return number;
    }

    /// <summary>When a message of this run was due.</summary>
    public long DueOf(int number) => rows[number].Due;

    /// <summary>Whether the server has said that the message is safe.</summary>
    public bool IsAcknowledged(int number) => Volatile.Read(ref rows[number].Acknowledged) != 0;

    /// <summary>The server said that the message is safe.</summary>
    public void Acknowledged(int number) => Volatile.Write(ref rows[number].Acknowledged, Stopwatch.GetTimestamp());

    /// <summary>
    /// An agent's CometD client received the message. Answers the number of its customer, or −1 if the message is none of
    /// this run's or was seen before.
    /// </summary>
    public int Seen(int number, long at)
    {
        if ((uint)number >= (uint)Count) return -1;
        if (Interlocked.CompareExchange(ref rows[number].Seen, at, 0) == 0) return rows[number].Customer;
        Interlocked.Increment(ref repeats);
        return -1;
    }

    /// <summary>How many messages were acknowledged but never seen by an agent.</summary>
    public int Unseen()
    {
        var unseen = 0;
        for (var i = 0; i < Count; i++)
            if (Volatile.Read(ref rows[i].Acknowledged) != 0 && Volatile.Read(ref rows[i].Seen) == 0) unseen++;
        return unseen;
    }

    /// <summary>What the rows that were due in a period say.</summary>
    public JournalSummary Summarise(long from, long to)
    {
        var summary = new JournalSummary();
        foreach (ref readonly var row in rows.AsSpan(0, Count))
        {
            if (row.Acknowledged >= from && row.Acknowledged < to) summary.Acknowledged++;
            if (row.Due < from || row.Due >= to || row.Acknowledged == 0) continue;
            summary.Replies.Record(row.Due, row.Acknowledged);
            if (row.Seen == 0) continue;
            summary.SentToNotified.Record(row.Due, row.Seen);
            summary.AcceptedToNotified.Record(row.Acknowledged, row.Seen);
            if (row.Seen < row.Acknowledged) summary.NotifiedFirst++;
        }
        return summary;
    }

    private struct Row
    {
        public int Customer;
        public long Due, Acknowledged, Seen;
    }
}

/// <summary>The messages of a period in figures.</summary>
internal sealed class JournalSummary
{
    /// <summary>Messages acknowledged within the period.</summary>
    public int Acknowledged { get; set; }

    /// <summary>
    /// Messages whose notification overtook the acknowledgement; their accepted-to-notified time counts as zero.
    /// </summary>
    public int NotifiedFirst { get; set; }

    /// <summary>From due (open loop) or sent (closed loop) to acknowledged.</summary>
    public Latencies Replies { get; } = new();

    /// <summary>From acknowledged to received by the agent's CometD client.</summary>
    public Latencies AcceptedToNotified { get; } = new();

    /// <summary>From due (open loop) or sent (closed loop) to received by the agent's CometD client.</summary>
    public Latencies SentToNotified { get; } = new();
}
