namespace Parley.Bayeux;

/// <summary>
/// Acknowledged messages (<c>ext.ack</c>): the batches in which a session's events left, each closed by a connect's answer. What a
/// batch carried is kept, and sent again with every answer, until the client names that batch or a later one.
/// </summary>
/// <remarks>
/// Events are counted from the session's beginning; the queue holds those from <see cref="acknowledged"/> on. A client that does not
/// answer costs no more than its queue: a batch that brought nothing new is not remembered.
/// </remarks>
internal sealed class Acknowledgement
{
    private readonly Queue<(long Batch, long End)> batches = new();
    private long acknowledged;
    private long lastEnd;
    private long nextBatch = 1;

    /// <summary>Closes the present batch behind everything that is queued, and gives its number: 1, 2, 3 …</summary>
    public long CloseBatch(int queued)
    {
        var batch = nextBatch++;
        var end = acknowledged + queued;
        if (end > lastEnd) batches.Enqueue((batch, lastEnd = end));
        return batch;
    }

    /// <summary>How many events at the queue's front belong to this batch or to an earlier one.</summary>
    public int CountUpTo(long batch)
    {
        var end = acknowledged;
        foreach (var closed in batches)
        {
            if (closed.Batch > batch) break;
            end = closed.End;
        }
        return (int)(end - acknowledged);
    }

    /// <summary>
    /// How many events at the queue's front the client has, now that it names this batch; none if there was no such batch yet.
    /// They are to be dropped from the queue.
    /// </summary>
    public int Acknowledge(long batch)
    {
        if (batch >= nextBatch) return 0;

        var end = acknowledged;
        while (batches.TryPeek(out var closed) && closed.Batch <= batch) end = batches.Dequeue().End;
        return Dropped((int)(end - acknowledged));
    }

    /// <summary>The host had events dropped from the queue's front.</summary>
    public int Dropped(int count)
    {
        acknowledged += count;
        lastEnd = Math.Max(lastEnd, acknowledged);
        while (batches.TryPeek(out var closed) && closed.End <= acknowledged) batches.Dequeue();
        return count;
    }
}
