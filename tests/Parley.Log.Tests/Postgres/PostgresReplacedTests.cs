using Parley.Log.Postgres;
using Parley.Tests.Shared;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Postgres;

/// <summary>A database that was replaced, behind a node's back, by an earlier state of itself.</summary>
public sealed class PostgresReplacedTests : IAsyncLifetime
{
    private const string EarlierState = "delete from event where position > 2; update stream set version = 2";

    private PostgresCluster cluster = null!;
    private string database = "";

    public async ValueTask InitializeAsync()
    {
        cluster = await PostgresCluster.StartAsync();
        database = await cluster.NewDatabaseAsync();
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task A_node_notices_that_the_database_lacks_what_it_has_told()
    {
        await using var log = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        await using var follower = await Followed(log);

        await Intruder.Run(database, EarlierState);

        Assert.IsType<LogReplacedException>(await follower.EndedAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_stored_after_that_is_never_told(bool wentOnSince)
    {
        var options = new PostgresLogOptions { ConnectionString = database, PollEvery = TimeSpan.FromMinutes(1) };
        await using var log = await PostgresEventLog.OpenAsync(options);
        await using var follower = await Followed(log);
        if (wentOnSince)
        {
            // another way and as far: the numbers alone do not tell, but nobody can have replaced it without cutting connections
            await Intruder.Run(database, "update event set command_id = 'another' where position = 3");
            await Intruder.CutConnections(database);
        }
        else
        {
            await Intruder.Run(database, EarlierState);
        }

        await Record.ExceptionAsync(() => log.AppendAsync(To("chat/1", wentOnSince ? 3 : 2, "never told")));

        Assert.IsType<LogReplacedException>(await follower.EndedAsync());
        Assert.Empty(follower.Untaken);
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.NowAsync());
    }

    /// <summary>Somebody who was told three events.</summary>
    private static async Task<Follower> Followed(IEventLog log)
    {
        var follower = new Follower(log, Cursor.Beginning);
        for (var i = 0; i < 3; i++) await log.StoreAsync(To("chat/1", i, "said"));
        await follower.EventsAsync(3);
        return follower;
    }
}
