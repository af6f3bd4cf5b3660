namespace Parley.Testing;

/// <summary>
/// A clock that stands still until the test moves it; timers that fall due on the way fire in order. What time it shows can be
/// set beside that, as on a machine: neither its timers nor its timestamps notice.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly SortedSet<ManualTimer> timers = new(ManualTimer.ByDueTime);
    private DateTimeOffset now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private TimeSpan set;
    private long order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now + set;
    }

    public override long GetTimestamp()
    {
        lock (gate) return now.UtcTicks;
    }

    /// <summary>Sets what time it shows, forwards or backwards.</summary>
    public void Set(TimeSpan by)
    {
        lock (gate) set += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires what falls due, each timer at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        DateTimeOffset target;
        lock (gate) target = now + by;
        while (NextDueBy(target) is { } timer) timer.Fire();
        lock (gate) now = target;
    }

    private ManualTimer? NextDueBy(DateTimeOffset target)
    {
        lock (gate)
        {
            if (timers.Min is not { } first || first.Due > target) return null;
            timers.Remove(first);
            if (first.Due > now) now = first.Due;
            if (first.Period > TimeSpan.Zero)
            {
                first.Due += first.Period;
                first.Order = ++order;
                timers.Add(first);
            }
            return first;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        public static readonly Comparer<ManualTimer> ByDueTime =
            Comparer<ManualTimer>.Create((a, b) => a.Due == b.Due ? a.Order.CompareTo(b.Order) : a.Due.CompareTo(b.Due));

        public DateTimeOffset Due { get; set; }
        public TimeSpan Period { get; private set; }
        public long Order { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.now + dueTime;
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                Order = ++time.order;
                time.timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
