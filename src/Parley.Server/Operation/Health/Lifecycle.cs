using Parley.Server.Nodes;

namespace Parley.Server.Operation.Health;

/// <summary>Where the server is between its start and its end: in between it takes requests.</summary>
internal sealed class Lifecycle(IHostApplicationLifetime lifetime, Drain drain) : IHealth
{
    private static readonly Rejection Starting = new(Reason.Unavailable, "The start is not finished.");
    private static readonly Rejection Stopping = new(Reason.Unavailable, "The server is stopping.");

    public string Part => "lifecycle";

    public Rejection? Problem() =>
        drain.HasBegun || lifetime.ApplicationStopping.IsCancellationRequested ? Stopping
        : lifetime.ApplicationStarted.IsCancellationRequested ? null
        : Starting;
}
