namespace Parley.Log.Postgres;

/// <summary>
/// The tail of the log as all nodes write it: this node's own commits at once, those of others read as soon as it is woken.
/// </summary>
internal sealed class CommittedTail : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly PostgresLogOptions options;
    private readonly Queries queries;
    private readonly LogTail tail;
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;
    private TaskCompletionSource wake = NewSignal();
    private TaskCompletionSource<long>? next;
    private LogEvent? last;
    private bool inDoubt;
    private int doubts;
    private string? replaced;

    /// <param name="options">How often to look at least.</param>
    /// <param name="queries">Reads the database, and nothing else does by it.</param>
    /// <param name="history">Reads it for followers who are behind.</param>
    /// <param name="end">The last event there is; null if there is none.</param>
    public CommittedTail(PostgresLogOptions options, Queries queries, Queries history, LogEvent? end)
    {
        (this.options, this.queries, last) = (options, queries, end);
        tail = new LogTail(
            end?.Position ?? 0, options.Log,
            (after, upTo, cancel) => history.AfterAsync(after, upTo, options.Log.CatchUpEvents, cancel));
        reading = Task.Run(ReadAsync);
    }

    /// <summary>
    /// Tells followers all that was committed, by whichever node, before this call; then gives the position of the last of it.
    /// </summary>
    /// <exception cref="LogUnavailableException">The database cannot be asked now.</exception>
    public Task<long> CatchUpAsync()
    {
        lock (gate)
        {
            if (closing.IsCancellationRequested) return Task.FromException<long>(Closed());
            if (replaced is not null) return Task.FromException<long>(new LogUnavailableException(replaced));
            next ??= new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            wake.TrySetResult();
            return next.Task;
        }
    }

    /// <exception cref="LogUnavailableException">The database is not the one any more of which was told.</exception>
    public void DemandSame()
    {
        lock (gate)
        {
            if (replaced is not null) throw new LogUnavailableException(replaced);
        }
    }

    /// <summary>It may be another database from now on: what is stored there is told only once that is known.</summary>
    public void Doubt()
    {
        lock (gate)
        {
            inDoubt = true;
            doubts++;
        }
    }

    /// <summary>There may be something new.</summary>
    public void Wake()
    {
        lock (gate) wake.TrySetResult();
    }

    /// <summary>This node stored these events right after a position.</summary>
    public void Stored(long after, LogEvent[] events)
    {
        if (events.Length == 0) return;
        lock (gate)
        {
            if (tail.End == after && !inDoubt)
            {
                Publish(events);
                return;
            }
            // those of another node come first, and are read together with these; or it is another database
            inDoubt = true;
            wake.TrySetResult();
        }
    }

    public IAsyncEnumerable<LogBatch> FollowAsync(long after, CancellationToken cancel) => tail.FollowAsync(after, cancel);

    public long End => tail.End;

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            closing.Cancel();
            wake.TrySetResult();
        }
        tail.Close();
        await reading;
        closing.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            await Woken();
            var asked = Asked();
            try
            {
                await ReadOnAsync();
                asked?.SetResult(tail.End);
            }
            catch (LogReplacedException e)
            {
                lock (gate) replaced = e.Message;
                asked?.SetException(new LogUnavailableException(e.Message, e));
                Asked()?.SetException(new LogUnavailableException(e.Message, e));
                tail.Fail(e.Message);
                return;
            }
#pragma warning disable CA1031 // whatever it is, who waits must hear of it, and the tail must go on
            catch (Exception e)
#pragma warning restore CA1031
            {
                asked?.SetException(
                    e as LogUnavailableException ?? new LogUnavailableException("The log cannot be read now.", e));
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
        Asked()?.SetException(Closed());
    }

    private async Task Woken()
    {
        Task woken;
        lock (gate) woken = wake.Task;
        try
        {
            await woken.WaitAsync(options.PollEvery);
        }
        catch (TimeoutException)
        {
            // a wake-up may be lost with the connection that listens; to look costs little
        }
        lock (gate)
        {
            if (wake.Task.IsCompleted) wake = NewSignal();
        }
    }

    private TaskCompletionSource<long>? Asked()
    {
        lock (gate)
        {
            var asked = next;
            next = null;
            return asked;
        }
    }

    private async Task ReadOnAsync()
    {
        while (true)
        {
            LogEvent? known;
            int doubted;
            lock (gate) (known, doubted) = (last, doubts);
            var found = await queries.FromAsync(known?.Position ?? 0, options.Log.CatchUpEvents, closing.Token);
            lock (gate)
            {
                if (known is not null) DemandKnown(found, known);
                // a doubt that came meanwhile is about what this did not look at
                if (doubts == doubted) inDoubt = false;
                // what this node stored meanwhile has been told
                LogEvent[] news = [.. found.Where(e => e.Position > tail.End)];
                if (news.Length > 0) Publish(news);
                if (found.Count < options.Log.CatchUpEvents) return;
            }
        }
    }

    /// <summary>
    /// The last event that was told must still be there: a database that was put in its place, a standby that lacked what was
    /// acknowledged for one, does not have it.
    /// </summary>
    private static void DemandKnown(IReadOnlyList<LogEvent> found, LogEvent known)
    {
        if (found is not [var first, ..] || first.Position != known.Position || first.CommandId != known.CommandId)
            throw new LogReplacedException(
                $"The database has lost event {known.Position}, of which this node has already told: it was replaced by an older "
                + "copy or by a standby that lagged behind.");
    }

    private void Publish(LogEvent[] events)
    {
        last = events[^1];
        tail.Publish(events);
    }

    private static LogUnavailableException Closed() => new("The log is closed.");

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
