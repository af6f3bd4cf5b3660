namespace Parley.Bayeux.Transports;

/// <summary>Cuts a connection whose write makes no progress; the session lives on. Disposed when the write is over.</summary>
internal sealed class StallWatch : WheelTimer, IDisposable
{
    private readonly Lock gate = new();
    private readonly BayeuxServer server;
    private Action? cut;

    public StallWatch(BayeuxServer server, Action cut)
    {
        (this.server, this.cut) = (server, cut);
        server.Wheel.Schedule(this, server.Wheel.Now + (long)server.Options.WriteTimeout.TotalMilliseconds);
    }

    // A timer that is firing cannot be cancelled, and a request that is over is somebody else's by now.
    public override void Fire()
    {
        lock (gate) cut?.Invoke();
    }

    public void Dispose()
    {
        server.Wheel.Cancel(this);
        lock (gate) cut = null;
    }
}
