using Parley.Log.Postgres;
using Parley.Tests.Shared;
using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests.Postgres;

/// <summary>Several nodes on one database, and what becomes of them when it breaks.</summary>
public sealed class PostgresNodesTests
{
    private static readonly PostgresLogOptions Quick = new() { ConnectionString = "", RetryFor = TimeSpan.FromSeconds(60) };

    [Fact]
    public async Task Every_node_hears_the_commits_of_all_once_and_in_the_same_order()
    {
        var database = await NewDatabase();
        await using var one = await Open(database);
        await using var two = await Open(database);
        await using var atOne = new Follower(one, Cursor.Beginning);
        await using var atTwo = new Follower(two, Cursor.Beginning);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => Write(writer % 2 == 0 ? one : two, writer, 50))));

        var heard = await atOne.EventsAsync(400);
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), heard.Select(e => e.Position));
        Assert.Equal(heard.Told(), (await atTwo.EventsAsync(400)).Told());
        foreach (var stream in heard.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()), stream.Select(e => e.Version));
    }

    [Fact]
    public async Task Two_nodes_that_write_to_the_same_streams_lose_nothing_and_leave_no_hole()
    {
        var database = await NewDatabase();
        await using var one = await Open(database);
        await using var two = await Open(database);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var log = writer % 2 == 0 ? one : two;
            for (var i = 0; i < 20;)
            {
                var (chat, agent) = (await log.VersionAsync("chat/1"), await log.VersionAsync($"agent/{writer % 3}"));
                var both = Command($"{writer}:{i}", Part("chat/1", chat, $"{writer}:{i}"), Part($"agent/{writer % 3}", agent, "taken"));
                if (await log.AppendAsync(both) != AppendOutcome.Stale) i++;
            }
        })));

        var chat = await two.ReadAsync("chat/1");
        Assert.Equal(Enumerable.Range(1, 160), chat.Select(e => e.Version));
        for (var writer = 0; writer < 8; writer++)
        {
            var own = chat.Select(e => e.Type).Where(t => t.StartsWith($"{writer}:", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{writer}:{i}"), own);
        }
        var agents = new List<LogEvent>();
        for (var agent = 0; agent < 3; agent++) agents.AddRange(await one.ReadAsync($"agent/{agent}"));
        Assert.Equal(160, agents.Count);
        Assert.Equal(chat.Select(e => e.CommandId).Order(), agents.Select(e => e.CommandId).Order());
    }

    [Fact]
    public async Task What_one_node_stored_lies_before_now_at_another()
    {
        var database = await NewDatabase();
        await using var one = await Open(database);
        await using var two = await Open(database);
        for (var i = 0; i < 20; i++)
        {
            await one.StoreAsync(To("chat/1", i, "said"));

            Assert.Equal(PositionCursor.At(i + 1), await two.NowAsync());
        }
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_database_is_killed_and_its_connections_are_cut()
    {
        await using var cluster = await PostgresCluster.StartAsync();
        var database = await cluster.NewDatabaseAsync();
        await using var one = await Open(database);
        await using var two = await Open(database);
        await using var atOne = new Follower(one, Cursor.Beginning);
        await using var atTwo = new Follower(two, Cursor.Beginning);
        var writers = Enumerable.Range(0, 6).Select(writer => Task.Run(() => Write(writer % 2 == 0 ? one : two, writer, 150))).ToArray();

        for (var round = 0; round < 3; round++)
        {
            var before = await PositionOf(one);
            await Intruder.CutConnections(database);
            await Reach(one, before + 60);
            await cluster.KillAsync();
            await cluster.StartServerAsync();
        }
        await Task.WhenAll(writers).WaitAsync(Follower.Patience);

        var heard = await atOne.EventsAsync(900);
        Assert.Equal(heard.Told(), (await atTwo.EventsAsync(900)).Told());
        Assert.Equal(Enumerable.Range(1, 900).Select(i => (long)i), heard.Select(e => e.Position));
        for (var writer = 0; writer < 6; writer++)
            Assert.Equal(
                Enumerable.Range(0, 150).Select(i => $"{i}"), (await two.ReadAsync($"chat/{writer}")).Select(e => e.Type));
    }

    [Fact]
    public async Task Nodes_that_start_at_once_make_the_tables_once()
    {
        var database = await NewDatabase();

        var nodes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Open(database)));

        await nodes[0].StoreAsync(To("chat/1", 0, "said"));
        foreach (var node in nodes)
        {
            Assert.Equal(1, await node.VersionAsync("chat/1"));
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        var database = await NewDatabase();
        await (await Open(database)).DisposeAsync();
        await Intruder.Run(database, "insert into migration (number, name) values (9999, 'from the future')");

        await Assert.ThrowsAsync<LogTooNewException>(() => Open(database));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_at_once()
    {
        var options = Quick with { ConnectionString = "Host=127.0.0.1;Port=1;Username=parley;Database=parley", RetryFor = TimeSpan.Zero };

        var e = await Assert.ThrowsAsync<LogUnavailableException>(() => PostgresEventLog.OpenAsync(options));

        Assert.Contains("cannot be reached", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Username=parley")]
    public void A_connection_string_that_cannot_be_meant_is_an_error(string text) =>
        Assert.NotEmpty((Quick with { ConnectionString = text }).Errors());

    private static async Task Write(PostgresEventLog log, int writer, int events)
    {
        for (var i = 0; i < events;)
        {
            try
            {
                var outcome = await log.AppendAsync(Command($"{writer}:{i}", Part($"chat/{writer}", i, $"{i}")));
                Assert.NotEqual(AppendOutcome.Stale, outcome);
                i++;
            }
            catch (LogUnavailableException)
            {
                // nobody knows whether it was stored: the same command, tried again, tells
            }
        }
    }

    private static async Task<long> PositionOf(PostgresEventLog log)
    {
        while (true)
        {
            try
            {
                return PositionCursor.Parse(await log.NowAsync());
            }
            catch (LogUnavailableException)
            {
                // the database is coming back
            }
        }
    }

    private static async Task Reach(PostgresEventLog log, long position)
    {
        while (await PositionOf(log) < Math.Min(position, 800))
        {
            // the writers are at it
        }
    }

    private static async Task<string> NewDatabase() => await (await PostgresCluster.SharedAsync()).NewDatabaseAsync();

    private static Task<PostgresEventLog> Open(string database) => PostgresEventLog.OpenAsync(Quick with { ConnectionString = database });
}
