using Parley.Log.Postgres;
using Parley.Tests.Shared;

namespace Parley.Log.Tests.Postgres;

public sealed class PostgresEventLogTests : EventLogSuite
{
    protected override async Task<IEventLog> OpenAsync(EventLogOptions limits)
    {
        var cluster = await PostgresCluster.SharedAsync();
        return await PostgresEventLog.OpenAsync(
            new PostgresLogOptions { ConnectionString = await cluster.NewDatabaseAsync(), Log = limits });
    }
}
