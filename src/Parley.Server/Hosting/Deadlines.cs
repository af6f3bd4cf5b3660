using Parley.Server.Nodes;

namespace Parley.Server.Hosting;

/// <summary>
/// What is to be looked at again at a certain time. Whoever looks decides by the state found then, so a deadline that has
/// become pointless needs no taking back; and since each is derived from stored state, a restart sets them again. Where another
/// node keeps the timers, this one looks a while later, should they have been forgotten there.
/// </summary>
internal sealed partial class Deadlines : IDisposable
{
    private readonly Lock gate = new();
    private readonly PriorityQueue<Look, DateTimeOffset> due = new();
    private readonly TimeProvider time;
    private readonly Claim claim;
    private readonly ILogger<Deadlines> logger;
    private readonly ITimer timer;

    public Deadlines(TimeProvider time, Claim claim, ILogger<Deadlines> logger)
    {
        (this.time, this.claim, this.logger) = (time, claim, logger);
        timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has something looked at; the action only hands it on and never waits.</summary>
    public void At(DateTimeOffset when, Action look) => At(when, new Look(look, IsSecond: false));

    public void Dispose() => timer.Dispose();

    private void At(DateTimeOffset when, Look look)
    {
        lock (gate)
        {
            due.Enqueue(look, when);
            if (due.TryPeek(out _, out var first) && first >= when) Arm(when);
        }
    }

    private void Fire()
    {
        var ready = new List<Look>();
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (due.TryPeek(out _, out var when) && when <= now) ready.Add(due.Dequeue());
            if (due.TryPeek(out _, out var next)) Arm(next);
        }
        foreach (var look in ready)
        {
            if (look.IsSecond || claim.IsHeld) Take(look.Action);
            else At(time.GetUtcNow() + claim.Patience, look with { IsSecond = true });
        }
    }

    private void Take(Action look)
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

    private readonly record struct Look(Action Action, bool IsSecond);
}
