namespace Parley.Log.Tests.Sqlite;

public sealed class SqliteEventLogTests : EventLogSuite
{
    private readonly DataDirectory directory = new();

    protected override async Task<IEventLog> OpenAsync(EventLogOptions limits) => await directory.OpenAsync(limits);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}
