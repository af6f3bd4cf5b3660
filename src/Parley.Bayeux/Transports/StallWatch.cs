namespace Parley.Bayeux.Transports;

/// <summary>Cuts a connection whose write makes no progress; the session lives on.</summary>
internal sealed class StallWatch(Action cut) : WheelTimer
{
    public void Start(BayeuxServer server) =>
        server.Wheel.Schedule(this, server.Wheel.Now + (long)server.Options.WriteTimeout.TotalMilliseconds);

    public override void Fire() => cut();
}
