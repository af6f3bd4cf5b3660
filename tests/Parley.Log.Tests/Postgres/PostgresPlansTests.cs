using System.Globalization;
using Npgsql;
using Parley.Log.Postgres;
using Parley.Tests.Shared;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Postgres;

/// <summary>What a long log costs: nothing that is done all the time may read more of it than it needs.</summary>
public sealed class PostgresPlansTests
{
    private const int Streams = 40, EventsEach = 500, Rounds = 20;

    [Fact]
    public async Task Plans_made_when_the_log_was_empty_serve_when_it_is_long() => await DemandFewRowsAsync(isLongAlready: false);

    [Fact]
    public async Task Plans_made_when_the_log_is_long_touch_what_they_concern() => await DemandFewRowsAsync(isLongAlready: true);

    private static async Task DemandFewRowsAsync(bool isLongAlready)
    {
        await using var cluster = await PostgresCluster.StartAsync();
        var database = await cluster.NewDatabaseAsync();
        await using (var log = await OpenAsync(database))
        {
            if (!isLongAlready) await UseAsync(log, "first/", 0);
            for (var i = 0; i < Streams; i++)
                await log.StoreAsync(To($"chat/{i}", 0, [.. Enumerable.Repeat("said", EventsEach)]));
            if (!isLongAlready) await UseAsync(log, "chat/", EventsEach);
        }
        if (isLongAlready)
        {
            await ScalarAsync<object>(database, "analyze");
            await using var log = await OpenAsync(database);
            await UseAsync(log, "chat/", EventsEach);
        }

        // each event is looked for, stored and told; one look at the whole log in each round would be 400,000 rows more
        Assert.InRange(await RowsReadAsync(database), Rounds * Streams, 2 * Streams * EventsEach + 40 * Rounds * Streams);
    }

    private static async Task UseAsync(PostgresEventLog log, string streams, int version)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await Task.WhenAll(
                Enumerable.Range(0, Streams).Select(i => log.StoreAsync(To($"{streams}{i}", version + round, "said"))));
            var both = Command($"{round}", Part($"{streams}new{round}", 0, "begun"), Part($"{streams}agent", round, "taken"));
            await log.StoreAsync(both);
            Assert.Equal(AppendOutcome.Repeated, await log.AppendAsync(both));
            Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(To($"{streams}1", version + round, "late")));
            Assert.Single(await log.ReadAsync($"{streams}2", version + round));
            Assert.Single(await log.FindAsync($"{streams}agent", $"{round}"));
            Assert.Equal(version + round + 1, await log.VersionAsync($"{streams}3"));
            await log.NowAsync();
        }
    }

    private static Task<PostgresEventLog> OpenAsync(string database) =>
        PostgresEventLog.OpenAsync(new PostgresLogOptions { ConnectionString = database });

    /// <summary>How many rows were read by all whose connections have ended, for then their numbers are known.</summary>
    private static async Task<long> RowsReadAsync(string database)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await ScalarAsync<long>(database, "select count(*) from pg_stat_activity where application_name = 'parley'") > 0)
            await Task.Delay(20, patience.Token);
        return await ScalarAsync<long>(
            database,
            "select (select sum(idx_tup_read) from pg_stat_user_indexes) + (select sum(seq_tup_read) from pg_stat_user_tables)");
    }

    private static async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync()) ?? 0, typeof(T), CultureInfo.InvariantCulture);
    }
}
