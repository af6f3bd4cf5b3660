using Parley.Log.History;
using Parley.Log.Postgres;
using Parley.Tests.Shared;

namespace Parley.Log.Tests.History;

public sealed class PostgresHistoryIndexTests : HistoryIndexSuite
{
    private PostgresEventLog? log;
    private string database = "";

    protected override async Task<IHistoryIndex> OpenAsync()
    {
        database = await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();
        log = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });
        return log.History;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await log!.DisposeAsync();
    }

    [Fact]
    public async Task Another_node_finds_what_was_stored_and_goes_on_from_there()
    {
        await Store(Talk(Record("chat1"), "hello"));
        await using var other = await PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });

        var place = await other.History.PlaceAsync();
        Assert.True(await other.History.ApplyAsync(place, place with { Position = 2 }, [Talk(Record("chat2", 1), "hello")]));

        Assert.False(await Index.ApplyAsync(place, place with { Position = 2 }, [Talk(Record("chat2", 1), "hello")]));
        Assert.Equal(["chat2", "chat1"], await Search("hello"));
    }
}
