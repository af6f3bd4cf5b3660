namespace Parley.Log;

/// <summary>One writer for many appends: while one batch is being flushed the next one gathers.</summary>
/// <remarks>
/// The writer is a thread of its own, because flushing blocks. At the bounds of the queue an append is refused at once: waiting
/// longer would only hide that the disk cannot keep up. A batch that fails is reported to each of its appends, and the next
/// batch is tried as if nothing had happened, so that an engine recovers as soon as its disk does.
/// </remarks>
public sealed class GroupCommit : IAsyncDisposable
{
    private readonly EventLogOptions options;
    private readonly Action<IReadOnlyList<PendingAppend>> store;
    private readonly object gate = new();
    private readonly Queue<PendingAppend> queue = new();
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long queuedBytes;
    private bool closed;

    /// <summary>Starts the writer.</summary>
    /// <param name="options">The bounds of the queue, of a batch and of an append.</param>
    /// <param name="store">
    /// Makes a batch durable and sets each <see cref="PendingAppend.Outcome"/>; throws if none of it may be acknowledged. Never
    /// called twice at a time.
    /// </param>
    public GroupCommit(EventLogOptions options, Action<IReadOnlyList<PendingAppend>> store)
    {
        this.options = options;
        this.store = store;
        new Thread(Run) { IsBackground = true, Name = "Parley log writer" }.Start();
    }

    /// <summary>Queues an append; the answer comes when its batch is durable.</summary>
    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel)
    {
        var pending = new PendingAppend(append, AppendRules.CheckedBytes(append, options));
        if (cancel.CanBeCanceled) pending.CancelWith(cancel);
        if (Enqueue(pending) is { } refusal) pending.Fail(refusal);
        return pending.Answer;
    }

    /// <summary>Stores what is queued, refuses everything after it, and ends the writer.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closed = true;
            Monitor.Pulse(gate);
        }
        await stopped.Task;
    }

    private LogUnavailableException? Enqueue(PendingAppend pending)
    {
        lock (gate)
        {
            if (closed) return new LogUnavailableException("The log is closed.");
            if (queue.Count >= options.QueueAppends || queuedBytes + pending.Bytes > options.QueueBytes)
                return new LogUnavailableException(
                    $"The log cannot keep up: {queue.Count} appends with {queuedBytes} bytes are waiting for the disk.")
                {
                    Trouble = LogTrouble.TooManyWaiting,
                };
            queue.Enqueue(pending);
            queuedBytes += pending.Bytes;
            if (queue.Count == 1) Monitor.Pulse(gate);
            return null;
        }
    }

    private void Run()
    {
        var batch = new List<PendingAppend>(options.BatchAppends);
        while (Gather(batch))
        {
            Commit(batch);
            batch.Clear();
        }
        stopped.SetResult();
    }

    /// <summary>Waits for work and takes as much of it as one batch may hold; false when closed and empty.</summary>
    private bool Gather(List<PendingAppend> batch)
    {
        lock (gate)
        {
            while (queue.Count == 0)
            {
                if (closed) return false;
                Monitor.Wait(gate);
            }
            long bytes = 0;
            while (batch.Count < options.BatchAppends && queue.TryPeek(out var next)
                && (batch.Count == 0 || bytes + next.Bytes <= options.BatchBytes))
            {
                queue.Dequeue();
                queuedBytes -= next.Bytes;
                if (!next.TryTake()) continue;
                batch.Add(next);
                bytes += next.Bytes;
            }
            return true;
        }
    }

    private void Commit(List<PendingAppend> batch)
    {
        if (batch.Count == 0) return;
        LogMeasures.Batches.Record(batch.Count);
        try
        {
            store(batch);
        }
#pragma warning disable CA1031 // whatever went wrong, the callers must hear it and the writer must go on
        catch (Exception e)
#pragma warning restore CA1031
        {
            var trouble = (e as LogUnavailableException)?.Trouble ?? LogTrouble.Other;
            foreach (var append in batch)
            {
                if (append.IsSettled) append.Acknowledge();
                else append.Fail(new LogUnavailableException(e.Message, e) { Trouble = trouble });
            }
            return;
        }
        foreach (var append in batch) append.Acknowledge();
    }
}
