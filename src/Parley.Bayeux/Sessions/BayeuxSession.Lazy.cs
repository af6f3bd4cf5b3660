namespace Parley.Bayeux;

/// <summary>Lazy events: they wait for something else to be sent, and not for ever.</summary>
public sealed partial class BayeuxSession
{
    private bool isLazyOver;
    private LazyTimer? lazyTimer;

    private void WaitLazily(TimeSpan patience)
    {
        if (patience > server.Options.MaxLazyTimeout) patience = server.Options.MaxLazyTimeout;
        var due = server.Wheel.Now + (long)patience.TotalMilliseconds;
        lazyTimer ??= new LazyTimer(this);
        if (lazyTimer.IsWaiting && lazyTimer.Due <= due) return;
        lazyTimer.Due = due;
        server.Wheel.Schedule(lazyTimer, due);
    }

    private void EndLaziness()
    {
        lock (gate)
        {
            isLazyOver = queue.Waiting > 0;
            WakeIfWaiting();
        }
    }

    private sealed class LazyTimer(BayeuxSession session) : WheelTimer
    {
        public long Due { get; set; }

        public override void Fire() => session.EndLaziness();
    }
}
