using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using Parley.Log.Sqlite;
using Parley.Tests.Shared;

namespace Parley.Server.Tests.Durability;

/// <summary>Servers whose database cannot be written for a while.</summary>
[Collection(nameof(KillTests))]
[SupportedOSPlatform("linux")]
public sealed class ReadOnlyTests
{
    private const int Short = 10;
    private const string Complaint = "The log cannot store anything: its database cannot be written.";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_database_that_becomes_read_only_refuses_on_every_node_loses_nothing_and_is_over_when_it_can_be_written()
    {
        using var patience = new CancellationTokenSource(Patience);
        await using var cluster = await PostgresCluster.StartAsync();
        var database = await cluster.NewDatabaseAsync();
        await using var one = new ChildServer(null, "--postgres", database);
        await using var two = new ChildServer(null, "--postgres", database);
        await one.StartAsync(patience.Token);
        await two.StartAsync(patience.Token);
        await RunThroughAsync(
            [one, two],
            async () =>
            {
                await Operate(database, "alter system set default_transaction_read_only = on");
                // each connection hears of it in its own time
                await NotReadyAsync(one, patience.Token);
                await NotReadyAsync(two, patience.Token);
            },
            () => Operate(database, "alter system reset default_transaction_read_only"),
            patience.Token);
    }

    [Fact]
    public async Task A_file_that_may_only_be_read_refuses_loses_nothing_and_is_over_when_it_may_be_written()
    {
        using var patience = new CancellationTokenSource(Patience);
        SqliteLibrary.Bind();
        await using var server = new ChildServer { IsUnprivileged = true };
        await server.StartAsync(patience.Token);
        var files = Directory.GetFiles(server.Data, "log.db*");
        var before = files.ToDictionary(f => f, File.GetUnixFileMode);

        await RunThroughAsync(
            [server],
            async () =>
            {
                // who holds a file open may go on writing: it is opened anew after any failure
                var database = files.Single(f => f.EndsWith(".db", StringComparison.Ordinal));
                await using var lockHolder = new SqliteConnection($"Data Source={database};Pooling=False");
                await lockHolder.OpenAsync(patience.Token);
                await using (var begin = lockHolder.CreateCommand())
                {
                    begin.CommandText = "begin immediate";
                    await begin.ExecuteNonQueryAsync(patience.Token);
                }
                foreach (var file in Directory.GetFiles(server.Data, "log.db*"))
                    File.SetUnixFileMode(file, UnixFileMode.UserRead);
                await NotReadyAsync(server, patience.Token);
            },
            () =>
            {
                foreach (var (file, mode) in before) File.SetUnixFileMode(file, mode);
                return Task.CompletedTask;
            },
            patience.Token);
    }

    private static async Task RunThroughAsync(
        ChildServer[] nodes, Func<Task> close, Func<Task> open, CancellationToken cancel)
    {
        using var customer = await TalkingCustomer.BeginAsync(nodes[0].Url, cancel);
        using var agent = new WireClient(nodes[^1].Url, "agent1:secret1");
        for (var i = 0; i < 20; i++) await customer.MustSayAsync(Short, cancel);

        await close();
        var refusal = await customer.SayAsync(Short, cancel);
        Assert.NotEqual(Fate.Acknowledged, refusal.Fate);
        Assert.Equal(1, refusal.Body.GetProperty("statusCode").GetInt32()); // "temporary, try again"
        var asked = await agent.PostJsonAsync(
            "/api/v2/me",
            new JsonObject { ["operationName"] = "StartContactCenterSession", ["channels"] = new JsonArray("chat") },
            null, cancel);
        Assert.Equal(4, asked.Body.GetProperty("statusCode").GetInt32());
        foreach (var node in nodes) Assert.Equal(Complaint, await node.WhyNotReadyAsync(cancel));
        await customer.CheckAsync(cancel); // who reads is served

        await open();
        foreach (var node in nodes)
            while (await node.WhyNotReadyAsync(cancel) is not null) await Task.Delay(20, cancel);
        await customer.MustSayAsync(Short, cancel);
        await customer.CheckAsync(cancel);

        foreach (var node in nodes)
        {
            await node.KillAsync();
            await node.StartAsync(cancel);
        }
        await customer.CheckAsync(cancel);
    }

    /// <summary>What an operator does to the whole server; it counts from the next transaction on.</summary>
    private static async Task Operate(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        foreach (var one in (string[])[sql, "select pg_reload_conf()"])
        {
            await using var command = source.CreateCommand(one);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Has the node try to store things until it says that it cannot.</summary>
    private static async Task NotReadyAsync(ChildServer node, CancellationToken cancel)
    {
        using var others = new WireClient(node.Url);
        while (await node.WhyNotReadyAsync(cancel) is null) await TalkingCustomer.AskAsync(others, cancel);
    }
}
