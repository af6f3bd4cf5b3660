namespace Parley.Server.Hosting;

/// <summary>
/// What is to be looked at again at a certain time. Whoever looks decides by the state found then, so a deadline that has
/// become pointless needs no taking back; and since each is derived from stored state, a restart sets them again.
/// </summary>
internal sealed partial class Deadlines : IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Action, DateTimeOffset> due = new();
    private readonly TimeProvider time;
    private readonly ILogger<Deadlines> logger;
    private readonly ITimer timer;

    public Deadlines(TimeProvider time, ILogger<Deadlines> logger)
    {
        (this.time, this.logger) = (time, logger);
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has something looked at; the action only hands it on and never waits.</summary>
    public void At(DateTimeOffset when, Action look)
    {
        lock (gate)
        {
            due.Enqueue(look, when);
            if (due.TryPeek(out _, out var first) && first >= when) Arm(when);
        }
    }

    public void Dispose() => timer.Dispose();

    private void Fire()
    {
        var ready = new List<Action>();
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (due.TryPeek(out _, out var when) && when <= now) ready.Add(due.Dequeue());
            if (due.TryPeek(out _, out var next)) Arm(next);
        }
        foreach (var look in ready) Look(look);
    }

    private void Look(Action look)
    {
        try
        {
            look();
        }
#pragma warning disable CA1031 // one bug must not take the other deadlines, or the process, with it
        catch (Exception e)
#pragma warning restore CA1031
        {
            LookFailed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was due could not be looked at")]
    private partial void LookFailed(Exception e);

    private void Arm(DateTimeOffset when)
    {
        var wait = when - time.GetUtcNow();
        // A timer fires a little early now and then; a millisecond more saves a second look.
        timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
