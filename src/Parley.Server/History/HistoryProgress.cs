using System.Diagnostics;
using Parley.Log;
using Parley.Log.History;
using Parley.Server.Nodes;

namespace Parley.Server.History;

/// <summary>
/// How far the history has got: whoever asks waits a little, so that a desk finds what it did itself a moment ago. Another node's
/// work is looked at in the index.
/// </summary>
internal sealed class HistoryProgress(IEventLog log, IHistoryIndex index, Claim claim, HistoryOptions options)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly Lock gate = new();
    private TaskCompletionSource moved = NewSignal();
    private TaskCompletionSource wanted = NewSignal();
    private int waiting;
    private long position;

    /// <summary>The position of the last event that is known to be in the history.</summary>
    public long Position => Interlocked.Read(ref position);

    /// <summary>The history of this node's making has got so far.</summary>
    public void Reached(long at)
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            position = at;
            (signal, moved) = (moved, NewSignal());
        }
        signal.SetResult();
    }

    /// <summary>Lets some time pass, for more to be stored at once; none while somebody waits for the history.</summary>
    public async Task Gather(CancellationToken cancel)
    {
        Task asked;
        lock (gate) asked = wanted.Task;
        await Task.WhenAny(asked, Task.Delay(options.Gather, cancel));
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until the history knows all that is stored now; false if that takes too long.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<bool> CatchUp(CancellationToken cancel)
    {
        lock (gate)
        {
            waiting++;
            wanted.TrySetResult();
        }
        try
        {
            return await Reach(cancel);
        }
        finally
        {
            lock (gate)
            {
                if (--waiting == 0) wanted = NewSignal();
            }
        }
    }

    private async Task<bool> Reach(CancellationToken cancel)
    {
        var end = PositionCursor.Parse(await log.NowAsync(cancel));
        for (var began = Stopwatch.GetTimestamp(); ; )
        {
            Task next;
            lock (gate) next = moved.Task;
            if (claim.IsHeld ? Position >= end : await IsThere(end, cancel)) return true;
            if (Stopwatch.GetElapsedTime(began) >= options.CatchUp) return false;
            await Task.WhenAny(next, Task.Delay(BetweenLooks, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<bool> IsThere(long wanted, CancellationToken cancel)
    {
        var place = await index.PlaceAsync(cancel);
        return place.Version == HistoryFold.Version && place.Position >= wanted;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
