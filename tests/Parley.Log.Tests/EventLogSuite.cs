namespace Parley.Log.Tests;

/// <summary>What every engine of the log promises. An engine inherits this suite and opens itself.</summary>
public abstract partial class EventLogSuite : IAsyncLifetime
{
    /// <summary>Small limits, so that followers fall behind and appends hit them.</summary>
    protected static readonly EventLogOptions Small = new()
    {
        WindowEvents = 32,
        CatchUpEvents = 8,
        BatchAppends = 16,
        AppendStreams = 4,
        AppendEvents = 20,
        AppendBytes = 2 << 20,
        NameLength = 40,
    };

    protected IEventLog Log { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Log = await OpenAsync(Small);

    public virtual async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IEventLog> OpenAsync(EventLogOptions limits);
}
