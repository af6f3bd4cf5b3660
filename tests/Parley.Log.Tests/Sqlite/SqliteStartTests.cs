using Parley.Log.Sqlite;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Sqlite;

public sealed class SqliteStartTests : IDisposable
{
    private readonly DataDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_restart_keeps_everything()
    {
        await using (var log = await directory.OpenAsync())
        {
            var began = Part("chat/1", 0, "a", "b") with { Life = StreamLife.Begins };
            await log.StoreAsync(Command("1", began, Part("agent/1", 0, "c")));
            await log.StoreAsync(Command("2", Part("chat/2", 0, "d") with { Life = StreamLife.Begins }));
            await log.StoreAsync(Command("3", Part("chat/2", 1, "e") with { Life = StreamLife.Ends }));
        }

        await using var again = await directory.OpenAsync();

        Assert.Equal(["chat/1/1 a", "chat/1/2 b"], (await again.ReadAsync("chat/1")).Told());
        Assert.Equal(["agent/1/1 c"], (await again.FindAsync("agent/1", "1")).Told());
        Assert.Equal([new LiveStream("chat/1", 1)], await again.LiveStreamsAsync("chat/"));
        Assert.Equal(AppendOutcome.Repeated, await again.AppendAsync(Command("2", Part("chat/2", 2, "x"))));
        Assert.Equal(AppendOutcome.Stale, await again.AppendAsync(Command("4", Part("chat/2", 1, "x"))));
        await again.StoreAsync(Command("4", Part("chat/2", 2, "x")));
    }

    [Fact]
    public async Task A_follower_goes_on_after_a_restart_from_where_it_stood()
    {
        Cursor stood;
        await using (var log = await directory.OpenAsync())
        {
            await log.StoreAsync(To("chat/1", 0, "a"));
            stood = await log.NowAsync();
            await log.StoreAsync(To("chat/1", 1, "b"));
        }

        await using var again = await directory.OpenAsync();
        await using var follower = new Follower(again, stood);
        await again.StoreAsync(To("chat/1", 2, "c"));

        Assert.Equal(["chat/1/2 b", "chat/1/3 c"], (await follower.EventsAsync(2)).Told());
    }

    [Fact]
    public async Task Closing_stores_what_was_accepted()
    {
        var log = await directory.OpenAsync();
        var appends = Enumerable.Range(0, 200).Select(i => log.AppendAsync(To($"chat/{i}", 0, "a"))).ToArray();
        await log.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Stored, outcome));
        await using var again = await directory.OpenAsync();
        await using var follower = new Follower(again, Cursor.Beginning);
        Assert.Equal(200, (await follower.EventsAsync(200)).Count);
    }

    [Fact]
    public async Task Migrations_are_recorded_and_run_once()
    {
        await directory.FillAsync(1);
        await directory.FillAsync(0);

        using var database = directory.Intrude();
        Assert.Equal("1 0001-event-log.sql", database.Ask("select number || ' ' || name from migration where number = 1"));
        Assert.Equal(database.Ask("select max(number) from migration"), database.Ask("select count(*) from migration"));
    }

    [Fact]
    public async Task The_database_is_in_write_ahead_mode()
    {
        await directory.FillAsync(1);

        using var database = directory.Intrude();
        Assert.Equal("wal", database.Ask("pragma journal_mode"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused()
    {
        await directory.FillAsync(1);
        using (var database = directory.Intrude()) database.Run("insert into migration values (9999, '9999-later.sql', 'then')");

        var refusal = await Assert.ThrowsAsync<LogTooNewException>(() => directory.OpenAsync());

        Assert.Contains("9999", refusal.Message);
        Assert.Contains(directory.Database, refusal.Message);
    }

    [Fact]
    public async Task A_second_opener_is_refused_until_the_first_has_closed()
    {
        await using (await directory.OpenAsync())
        {
            var refusal = await Assert.ThrowsAsync<LogInUseException>(() => directory.OpenAsync());
            Assert.Contains(directory.Root, refusal.Message);
        }
        await using var next = await directory.OpenAsync();
    }

    [Fact]
    public Task Garbage_is_refused() => Refuses(file => file.Write(Enumerable.Repeat((byte)'x', 4096).ToArray()));

    [Fact]
    public Task A_truncated_file_is_refused() => Refuses(file => file.SetLength(file.Length / 2));

    [Fact]
    public Task An_emptied_file_is_refused() => Refuses(file => file.SetLength(0));

    [Fact]
    public Task A_garbled_page_among_the_newest_is_refused() => Refuses(file =>
    {
        // The last pages of a log that only grew are those of its newest events and index entries.
        file.Position = file.Length - (8 * 4096);
        file.Write(new byte[8 * 4096]);
    });

    [Theory]
    [InlineData("delete from stream where id = 3")]
    [InlineData("update event set version = 3 where position = 4")]
    [InlineData("update event set ends_command = 0 where position = 5")]
    public async Task Newest_events_that_do_not_fit_together_are_refused(string damage)
    {
        await directory.FillAsync(5);
        using (var database = directory.Intrude()) database.Run("pragma foreign_keys = 0; " + damage);

        await Assert.ThrowsAsync<LogDamagedException>(() => directory.OpenAsync());
    }

    [Fact]
    public async Task A_database_that_is_not_a_log_is_refused()
    {
        await directory.FillAsync(0);
        using (var database = directory.Intrude()) database.Run("pragma application_id = 1");

        var refusal = await Assert.ThrowsAsync<LogDamagedException>(() => directory.OpenAsync());

        Assert.Contains("not the database of a Parley log", refusal.Message);
    }

    [Fact]
    public async Task A_write_ahead_file_without_its_database_is_refused_and_kept()
    {
        await File.WriteAllTextAsync(directory.Database + "-wal", "acknowledged events");

        await Assert.ThrowsAsync<LogDamagedException>(() => directory.OpenAsync());

        Assert.True(File.Exists(directory.Database + "-wal"));
    }

    [Fact]
    public async Task A_database_cut_short_while_it_was_made_is_made_anew()
    {
        await File.WriteAllTextAsync(directory.Database + ".new", "half a database");

        await using var log = await directory.OpenAsync();

        await log.StoreAsync(To("chat/1", 0, "a"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_the_options_is_told_at_once()
    {
        var options = new SqliteLogOptions { DataDirectory = "", Readers = 0, Log = new EventLogOptions { QueueAppends = 0 } };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => SqliteEventLog.OpenAsync(options));

        foreach (var name in (string[])["DataDirectory", "Readers", "QueueAppends"]) Assert.Contains(name, refusal.Message);
    }

    private async Task Refuses(Action<FileStream> spoil)
    {
        await directory.FillAsync(500);
        using (var file = File.Open(directory.Database, FileMode.Open)) spoil(file);

        var refusal = await Assert.ThrowsAsync<LogDamagedException>(() => directory.OpenAsync());

        Assert.Contains(directory.Database, refusal.Message);
    }
}
