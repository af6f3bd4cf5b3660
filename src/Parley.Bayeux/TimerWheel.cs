namespace Parley.Bayeux;

/// <summary>
/// The endpoint's only clock: a hashed timer wheel with ticks of 250 ms. Timers never fire early, and at most one tick late.
/// </summary>
internal sealed class TimerWheel : IDisposable
{
    private const int TickMs = 250;
    private const int Slots = 512;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly long start;
    private readonly WheelTimer?[] slots = new WheelTimer?[Slots];
    private readonly Action<Exception> failed;
    private readonly ITimer ticker;
    private long lastTick;

    /// <param name="time">The clock.</param>
    /// <param name="failed">
    /// Told when a timer fails: the thread is the clock's, which an exception would end with the process.
    /// </param>
    public TimerWheel(TimeProvider time, Action<Exception> failed)
    {
        (this.time, this.failed) = (time, failed);
        start = time.GetTimestamp();
        ticker = time.CreateTimer(static wheel => ((TimerWheel)wheel!).Tick(), this,
            TimeSpan.FromMilliseconds(TickMs), TimeSpan.FromMilliseconds(TickMs));
    }

    /// <summary>Milliseconds since the wheel was made.</summary>
    public long Now => (long)time.GetElapsedTime(start).TotalMilliseconds;

    /// <summary>The same as of the last tick, up to 250 ms ago; costs nothing.</summary>
    public long LastTick => Volatile.Read(ref lastTick) * TickMs;

    /// <summary>Fires the timer once at <paramref name="due"/>, whatever was planned for it before.</summary>
    public void Schedule(WheelTimer timer, long due)
    {
        lock (gate)
        {
            Unlink(timer);
            timer.DueTick = Math.Max(lastTick + 1, (due + TickMs - 1) / TickMs);
            ref var head = ref slots[timer.DueTick % Slots];
            timer.Next = head;
            head?.Previous = timer;
            head = timer;
        }
    }

    /// <summary>Takes the timer out; one that is firing at this moment still fires.</summary>
    public void Cancel(WheelTimer timer)
    {
        lock (gate) Unlink(timer);
    }

    public void Dispose() => ticker.Dispose();

    private void Tick()
    {
        List<WheelTimer>? due = null; // ticks overlap when one takes long, so that nothing of a tick is kept on the timers
        lock (gate)
        {
            var now = Now / TickMs;
            for (var tick = Math.Max(lastTick + 1, now - Slots + 1); tick <= now; tick++) Collect(tick % Slots, now, ref due);
            lastTick = Math.Max(lastTick, now);
        }
        due?.ForEach(Fire);
    }

    private void Fire(WheelTimer timer)
    {
        try
        {
            timer.Fire();
        }
#pragma warning disable CA1031 // the others that are due must fire whatever it is
        catch (Exception e)
#pragma warning restore CA1031
        {
            failed(e);
        }
    }

    private void Collect(long slot, long now, ref List<WheelTimer>? due)
    {
        for (var timer = slots[slot]; timer is not null;)
        {
            var next = timer.Next;
            if (timer.DueTick <= now)
            {
                Unlink(timer);
                (due ??= []).Add(timer);
            }
            timer = next;
        }
    }

    private void Unlink(WheelTimer timer)
    {
        if (timer.DueTick == 0) return;

        if (timer.Previous is { } previous) previous.Next = timer.Next;
        else slots[timer.DueTick % Slots] = timer.Next;
        timer.Next?.Previous = timer.Previous;
        timer.Next = timer.Previous = null;
        timer.DueTick = 0;
    }
}

/// <summary>Something that happens at a time. Firing must not block, and must check that it is still wanted.</summary>
internal abstract class WheelTimer
{
    internal WheelTimer? Next { get; set; }

    internal WheelTimer? Previous { get; set; }

    internal long DueTick { get; set; }

    /// <summary>True until it fires or is cancelled.</summary>
    public bool IsWaiting => DueTick != 0;

    public abstract void Fire();
}
