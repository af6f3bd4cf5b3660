namespace Parley.Server.Nodes;

/// <summary>
/// The time between being asked to stop and stopping: the server takes requests as before and says that it is not ready, so that
/// a load balancer that asks sends it nothing more. Asked again meanwhile, it stops at once.
/// </summary>
internal sealed class Drain(IHostApplicationLifetime lifetime, NodeOptions options, TimeProvider time)
    : IHostApplicationLifetime, IDisposable
{
    private int asked;
    private ITimer? timer;

    /// <summary>The server was asked to stop.</summary>
    public bool HasBegun => Volatile.Read(ref asked) > 0;

    public CancellationToken ApplicationStarted => lifetime.ApplicationStarted;

    public CancellationToken ApplicationStopping => lifetime.ApplicationStopping;

    public CancellationToken ApplicationStopped => lifetime.ApplicationStopped;

    /// <summary>Asks the server to stop.</summary>
    public void StopApplication()
    {
        if (Interlocked.Increment(ref asked) > 1 || options.DrainMs == 0) lifetime.StopApplication();
        else timer = time.CreateTimer(_ => lifetime.StopApplication(), null, options.Drain, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer?.Dispose();
}
