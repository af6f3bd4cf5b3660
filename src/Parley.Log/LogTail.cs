using System.Runtime.CompilerServices;

namespace Parley.Log;

/// <summary>
/// The newest events in memory, and those who follow them. For engines whose positions are the order of commit.
/// </summary>
/// <remarks>
/// There is one window for all followers, not a buffer for each: publishing costs the same however many follow and however
/// slow they are. A follower knows only its position. Inside the window it is served from memory; behind it, from the store.
/// </remarks>
/// <param name="end">The position of the newest stored event; 0 if there is none.</param>
/// <param name="options">The bounds of the window.</param>
/// <param name="readBehind">
/// Reads some events after a position, up to and with another, from the store: in order, the last command whole.
/// </param>
public sealed class LogTail(
    long end, EventLogOptions options, Func<long, long, CancellationToken, Task<IReadOnlyList<LogEvent>>> readBehind)
{
    private readonly Lock gate = new();
    private readonly TailWindow window = new(end, options.WindowEvents, options.WindowBytes);
    private TaskCompletionSource changed = NewSignal();
    private Func<Exception>? ended;

    /// <summary>The position of the newest event that was told to followers.</summary>
    public long End
    {
        get
        {
            lock (gate) return window.End;
        }
    }

    /// <summary>Tells followers of one commit: durable events, in order, whole commands.</summary>
    public void Publish(LogEvent[] commit)
    {
        if (commit.Length == 0) return;
        Change(() => window.Add(commit));
    }

    /// <summary>
    /// Tells followers that the store ends here, after a commit of which nobody knew what became: what is new, they read.
    /// </summary>
    public void RestartAt(long position)
    {
        if (position != End) Change(() => window.Restart(position));
    }

    /// <summary>Ends all following with a <see cref="LogUnavailableException"/>.</summary>
    public void Close() => EndWith(() => new LogUnavailableException("The log is closed."));

    /// <summary>Ends all following, because what was told is not what the store holds.</summary>
    public void Fail(string why) => EndWith(() => new LogReplacedException(why));

    /// <summary>Every event after a position, for ever.</summary>
    public async IAsyncEnumerable<LogBatch> FollowAsync(long after, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        if (after > End)
            throw new ArgumentException($"This log ends at {End}; a cursor at {after} is of another one.", nameof(after));
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var next = Next(after);
            if (next.Wait is not null)
            {
                await next.Wait.WaitAsync(cancel);
                continue;
            }
            var events = next.Events ?? await readBehind(after, next.End, cancel);
            if (events.Count == 0)
                throw new LogUnavailableException($"The events after position {after} are gone from the log.");
            after = events[^1].Position;
            yield return new LogBatch(events, PositionCursor.At(after));
        }
    }

    /// <summary>
    /// The next events if they are in the window, a signal to wait for if there are none; neither if they lie behind. They are
    /// read up to the end then: the store may be ahead of it, between a commit and its publication.
    /// </summary>
    private (IReadOnlyList<LogEvent>? Events, Task? Wait, long End) Next(long after)
    {
        lock (gate)
        {
            if (ended is not null) throw ended();
            if (after >= window.End) return (null, changed.Task, window.End);
            return (after >= window.Start ? window.After(after) : null, null, window.End);
        }
    }

    private void EndWith(Func<Exception> why) => Change(() => ended ??= why);

    private void Change(Action change)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            change();
            signal = changed;
            changed = NewSignal();
        }
        signal.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
