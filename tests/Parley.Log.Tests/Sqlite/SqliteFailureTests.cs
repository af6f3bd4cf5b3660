using Parley.Log.Sqlite;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Sqlite;

public sealed class SqliteFailureTests : IDisposable
{
    private readonly DataDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_full_disk_fails_every_waiting_append_and_the_log_recovers_by_itself()
    {
        await directory.FillAsync(0);
        using var intruder = directory.Intrude();
        intruder.Run("create table ballast (x blob); insert into ballast values (zeroblob(2000000))");
        await using var log = await SqliteEventLog.OpenAsync(directory.Options() with { MaxDatabaseBytes = 3 << 20 });
        await using var follower = new Follower(log, Cursor.Beginning);

        var stored = 0;
        while (await TryStoreAsync(log, stored) is null) stored++;
        var refusals = await Task.WhenAll(Enumerable.Range(stored, 50).Select(i => TryStoreAsync(log, i)));
        Assert.All(refusals, refusal => Assert.Contains("full", Assert.IsType<LogUnavailableException>(refusal).Message));

        intruder.Run("drop table ballast");
        for (var i = 0; i < 20; i++) Assert.Null(await TryStoreAsync(log, stored++));

        var heard = await follower.EventsAsync(stored);
        Assert.Equal(Enumerable.Range(0, stored).Select(i => $"chat/{i}/1 big"), heard.Told());
        for (var i = 0; i < stored; i++) Assert.Equal(1, await log.VersionAsync($"chat/{i}"));
    }

    [Fact]
    public async Task A_database_locked_by_another_program_fails_appends_until_it_lets_go()
    {
        await using var log = await directory.OpenAsync();
        await log.StoreAsync(To("chat/1", 0, "a"));
        using var intruder = directory.Intrude();
        intruder.Run("begin immediate");

        var refusal = await Assert.ThrowsAsync<LogUnavailableException>(
            () => log.AppendAsync(Command("key", Part("chat/1", 1, "b"))));
        Assert.Contains("locked", refusal.Message);
        Assert.Single(await log.ReadAsync("chat/1"));

        intruder.Run("rollback");
        await log.StoreAsync(Command("key", Part("chat/1", 1, "b")));
    }

    [Fact]
    public async Task At_the_bound_of_the_queue_appends_are_refused_at_once_and_the_accepted_are_stored()
    {
        await using var log = await directory.OpenAsync(new EventLogOptions { QueueAppends = 5, BatchAppends = 1 });
        await log.StoreAsync(To("chat/1", 0, "a"));
        using var intruder = directory.Intrude();
        intruder.Run("begin immediate");

        var appends = Enumerable.Range(0, 20).Select(i => log.AppendAsync(To($"queued/{i}", 0, "a"))).ToArray();
        var refused = appends.Where(a => a.IsFaulted).ToArray();
        intruder.Run("rollback");

        Assert.InRange(refused.Length, 14, 15);
        Assert.All(refused, r => Assert.IsType<LogUnavailableException>(r.Exception!.InnerException));
        Assert.All(
            await Task.WhenAll(appends.Except(refused)),
            outcome => Assert.Equal(AppendOutcome.Stored, outcome));
    }

    [Fact]
    public async Task Events_that_a_failed_commit_stored_after_all_reach_the_followers_once()
    {
        // What another hand wrote stands for what a commit of unknown outcome left: the log finds both when it opens anew.
        await using var log = await directory.OpenAsync();
        await using var follower = new Follower(log, Cursor.Beginning);
        await log.StoreAsync(To("chat/1", 0, "a"));
        using var intruder = directory.Intrude();
        intruder.Run("begin immediate");
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(Command("key", Part("chat/1", 1, "b"))));
        intruder.Run("insert into event values (2, 1, 2, 'b', x'00', 'key', 1); commit");

        Assert.Equal(AppendOutcome.Repeated, await log.AppendAsync(Command("key", Part("chat/1", 1, "b"))));
        await log.StoreAsync(To("chat/1", 2, "c"));

        Assert.Equal(["chat/1/1 a", "chat/1/2 b", "chat/1/3 c"], (await follower.EventsAsync(3)).Told());
    }

    private static async Task<Exception?> TryStoreAsync(IEventLog log, int i)
    {
        try
        {
            await log.StoreAsync(Command($"{i}", new StreamAppend($"chat/{i}", 0, [new NewEvent("big", new byte[20_000])])));
            return null;
        }
        catch (LogUnavailableException e)
        {
            return e;
        }
    }
}
