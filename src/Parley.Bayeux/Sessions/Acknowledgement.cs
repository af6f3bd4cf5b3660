namespace Parley.Bayeux;

/// <summary>
/// Acknowledged messages (<c>ext.ack</c>): the batches in which a session's events left, each closed by a connect's answer. What
/// a batch carried is kept, and sent again with every answer, until the client names that batch or a later one.
/// </summary>
/// <remarks>
/// Events are counted from the session's beginning; the queue holds those from <see cref="acknowledged"/> on. A client that does
/// not answer costs no more than its queue: a batch that brought nothing new is not remembered.
/// </remarks>
internal sealed class Acknowledgement
{
    private readonly List<(long Batch, long End)> batches = [];
    private long acknowledged;
    private long nextBatch = 1;

    private long LastEnd => batches.Count > 0 ? batches[^1].End : acknowledged;

    /// <summary>
    /// Closes the present batch behind that many of the events queued, and gives its number: 1, 2, 3 … One that carries less than
    /// an earlier one takes its place: a client that gets this answer did not get that.
    /// </summary>
    public long CloseBatch(int queued)
    {
        var batch = nextBatch++;
        var end = acknowledged + queued;
        while (LastEnd > end) batches.RemoveAt(batches.Count - 1);
        if (end > LastEnd) batches.Add((batch, end));
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
    public int Acknowledge(long batch) => batch < nextBatch ? Dropped(CountUpTo(batch)) : 0;

    /// <summary>The host had events dropped from the queue's front.</summary>
    public int Dropped(int count)
    {
        acknowledged += count;
        batches.RemoveAll(closed => closed.End <= acknowledged);
        return count;
    }
}
