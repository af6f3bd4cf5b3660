using System.Diagnostics;

namespace Parley.Bench;

/// <summary>Two ways to apply load: at planned moments whatever the server does, or as fast as it answers.</summary>
internal static class Pace
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Open loop: calls at a fixed rate until cancelled. Each call is told the moment it was due, so that time spent waiting
    /// for a slow server is measured, not left out.
    /// </summary>
    /// <param name="perSecond">Calls per second.</param>
    /// <param name="mostUnderWay">Calls not yet finished; beyond it calls are made late, and measured as late.</param>
    /// <param name="call">Told the number of the call, from 0, and its due time as a <see cref="Stopwatch"/> timestamp.</param>
    public static async Task OpenAsync(
        double perSecond, int mostUnderWay, Func<int, long, Task> call, CancellationToken cancel)
    {
        using var slots = new SemaphoreSlim(mostUnderWay);
        using var timer = new PeriodicTimer(Tick);
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; !cancel.IsCancellationRequested; number++)
        {
            var due = start + (long)(number / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
                if (!await NextTick(timer, cancel)) break;
            if (!await Enter(slots, cancel)) break;
            _ = CallAsync(number, due);
        }
        for (var i = 0; i < mostUnderWay; i++) await slots.WaitAsync(CancellationToken.None);

        async Task CallAsync(int number, long due)
        {
            try
            {
                await call(number, due);
            }
            catch (OperationCanceledException)
            {
                // the run is over: what was under way is not counted
            }
            finally
            {
                slots.Release();
            }
        }
    }

    /// <summary>Closed loop: keeps a number of calls under way until cancelled, each followed at once by the next.</summary>
    /// <param name="call">Told the number of the call, from 0, and now as a <see cref="Stopwatch"/> timestamp.</param>
    public static Task ClosedAsync(int underWay, Func<int, long, Task> call, CancellationToken cancel)
    {
        return Task.WhenAll(Enumerable.Range(0, underWay).Select(first => Task.Run(() => LoopAsync(first), CancellationToken.None)));

        async Task LoopAsync(int first)
        {
            try
            {
                for (var number = first; !cancel.IsCancellationRequested; number += underWay)
                    await call(number, Stopwatch.GetTimestamp());
            }
            catch (OperationCanceledException)
            {
                // the run is over
            }
        }
    }

    private static async ValueTask<bool> NextTick(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async ValueTask<bool> Enter(SemaphoreSlim slots, CancellationToken cancel)
    {
        try
        {
            await slots.WaitAsync(cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
