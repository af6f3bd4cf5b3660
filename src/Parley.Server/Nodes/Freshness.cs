using System.Diagnostics;
using Parley.Log;
using Parley.Server.Operation.Health;

namespace Parley.Server.Nodes;

/// <summary>
/// Sees to it that a request is answered from what every node had stored before it came: whoever was answered by one node finds
/// the same at the next. A single process knows what it has stored and waits for nothing.
/// </summary>
internal sealed class Freshness(IEventLog log, NodeOptions options, StoreHealth store)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly SortedSet<Waiter> waiting = new(Waiter.ByPosition);
    private long told;
    private long arrivals;

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return waiting.Count;
        }
    }

    /// <summary>The position up to which this node knows the log.</summary>
    public long Position
    {
        get
        {
            lock (gate) return told;
        }
    }

    /// <summary>The states of this node are those of the log up to here.</summary>
    public void Told(Cursor upTo)
    {
        var position = PositionCursor.Parse(upTo);
        var reached = new List<Waiter>();
        lock (gate)
        {
            told = position;
            while (waiting.Min is { } next && next.Position <= position)
            {
                reached.Add(next);
                waiting.Remove(next);
            }
        }
        reached.ForEach(waiter => waiter.Reached.SetResult());
    }

    /// <summary>Waits until this node knows all that was stored before now.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public ValueTask CatchUp(CancellationToken cancel = default) =>
        log.IsShared ? new(Reach(cancel)) : ValueTask.CompletedTask;

    private async Task Reach(CancellationToken cancel)
    {
        try
        {
            var now = PositionCursor.Parse(await Now(cancel).WaitAsync(options.MaxCatchUp, cancel));
            Waiter waiter;
            lock (gate)
            {
                if (told >= now) return;
                waiting.Add(waiter = new Waiter(now, ++arrivals));
            }
            try
            {
                await waiter.Reached.Task.WaitAsync(options.MaxCatchUp, cancel);
            }
            finally
            {
                // who gave up is not kept until the log comes so far
                lock (gate) waiting.Remove(waiter);
            }
        }
        catch (TimeoutException e)
        {
            throw new LogUnavailableException("What other nodes have stored does not arrive.", e);
        }
    }

    /// <summary>Where the log ends; a database that restarts is asked until it answers, or there is no time left.</summary>
    private async Task<Cursor> Now(CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await log.NowAsync(cancel);
            }
            catch (LogUnavailableException e)
            {
                if (Stopwatch.GetElapsedTime(began) + Pause >= options.MaxCatchUp)
                {
                    store.Failed(e);
                    throw;
                }
            }
            await Task.Delay(Pause, cancel);
        }
    }

    /// <summary>A request that waits for a position of the log.</summary>
    private sealed class Waiter(long position, long arrival)
    {
        public static readonly Comparer<Waiter> ByPosition =
            Comparer<Waiter>.Create((a, b) => (a.Position, a.Arrival).CompareTo((b.Position, b.Arrival)));

        public long Position => position;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private long Arrival => arrival;
    }
}
