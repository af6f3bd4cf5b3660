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
        await Task.Factory.StartNew(
            () => Plan(perSecond, slots, call, cancel),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var i = 0; i < mostUnderWay; i++) await slots.WaitAsync(CancellationToken.None);
    }

    /// <summary>Closed loop: keeps a number of calls under way until cancelled, each followed at once by the next.</summary>
    /// <param name="call">Told the number of the call, from 0, and now as a <see cref="Stopwatch"/> timestamp.</param>
    public static Task ClosedAsync(int underWay, Func<int, long, Task> call, CancellationToken cancel)
    {
        return Task.WhenAll(
            Enumerable.Range(0, underWay).Select(first => Task.Run(() => LoopAsync(first), CancellationToken.None)));

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

    /// <summary>A thread of its own: .NET's timers tick every 4 to 8 ms on Linux, a sleeping thread wakes within 1.</summary>
    private static void Plan(double perSecond, SemaphoreSlim slots, Func<int, long, Task> call, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; ; number++)
        {
            var due = start + (long)(number / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due && !cancel.IsCancellationRequested) Thread.Sleep(Tick);
            while (!cancel.IsCancellationRequested && !slots.Wait(Tick, CancellationToken.None)) { }
            if (cancel.IsCancellationRequested) return;
            _ = CallAsync(number, due);
        }

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
}
