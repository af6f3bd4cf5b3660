using Parley.Log;

namespace Parley.Server.Nodes;

/// <summary>
/// Sees to it that a request is answered from what every node had stored before it came: whoever was answered by one node finds the
/// same at the next. A single process knows what it has stored and waits for nothing.
/// </summary>
internal sealed class Freshness(IEventLog log, NodeOptions options)
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<TaskCompletionSource, long> waiting = new();
    private long told;

    /// <summary>The states of this node are those of the log up to here.</summary>
    public void Told(Cursor upTo)
    {
        var position = PositionCursor.Parse(upTo);
        var reached = new List<TaskCompletionSource>();
        lock (gate)
        {
            told = position;
            while (waiting.TryPeek(out var next, out var wanted) && wanted <= position)
            {
                reached.Add(next);
                waiting.Dequeue();
            }
        }
        reached.ForEach(r => r.SetResult());
    }

    /// <summary>Waits until this node knows all that was stored before now.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public ValueTask CatchUp(CancellationToken cancel = default) => log.IsShared ? new(Reach(cancel)) : ValueTask.CompletedTask;

    private async Task Reach(CancellationToken cancel)
    {
        try
        {
            var now = PositionCursor.Parse(await log.NowAsync(cancel).WaitAsync(options.MaxCatchUp, cancel));
            TaskCompletionSource reached;
            lock (gate)
            {
                if (told >= now) return;
                reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.Enqueue(reached, now);
            }
            await reached.Task.WaitAsync(options.MaxCatchUp, cancel);
        }
        catch (TimeoutException e)
        {
            throw new LogUnavailableException("What other nodes have stored does not arrive.", e);
        }
    }
}
