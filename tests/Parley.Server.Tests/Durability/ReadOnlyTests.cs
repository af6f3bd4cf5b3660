using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
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
    private const string Door = "/genesys/2/chat/customer-support";
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
                await NotReadyAsync(one.Url, patience.Token);
                await NotReadyAsync(two.Url, patience.Token);
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
                foreach (var file in Directory.GetFiles(server.Data, "log.db*")) File.SetUnixFileMode(file, UnixFileMode.UserRead);
                await NotReadyAsync(server.Url, patience.Token);
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
        using var customer = new WireClient(nodes[0].Url);
        using var agent = new WireClient(nodes[^1].Url, "agent1:secret1");
        var created = await customer.PostFormAsync(
            Door, new Dictionary<string, string> { ["nickname"] = "Ada", ["subject"] = "Parcel" }, null, cancel);
        var chat = new ChatRecord(created.Body.GetProperty("chatId").GetString()!)
        {
            SecureKey = created.Body.GetProperty("secureKey").GetString(),
        };
        for (var i = 0; i < 20; i++) Assert.Equal(Fate.Acknowledged, (await SayAsync(customer, chat, cancel)).Fate);

        await close();
        var refusal = await SayAsync(customer, chat, cancel);
        Assert.NotEqual(Fate.Acknowledged, refusal.Fate);
        Assert.Equal(1, refusal.Body.GetProperty("statusCode").GetInt32()); // "temporary, try again"
        var asked = await agent.PostJsonAsync(
            "/api/v2/me",
            new JsonObject { ["operationName"] = "StartContactCenterSession", ["channels"] = new JsonArray("chat") },
            null, cancel);
        Assert.Equal(4, asked.Body.GetProperty("statusCode").GetInt32());
        foreach (var node in nodes) Assert.Equal(Complaint, await HealthAsync(node.Url));
        Assert.NotNull(await CustomerView.ReadAsync(customer, chat, cancel)); // who reads is served

        await open();
        foreach (var node in nodes)
            while (await HealthAsync(node.Url) is not null) await Task.Delay(20, cancel);
        Assert.Equal(Fate.Acknowledged, (await SayAsync(customer, chat, cancel)).Fate);
        await CheckAsync(customer, chat, cancel);

        foreach (var node in nodes)
        {
            await node.KillAsync();
            await node.StartAsync(cancel);
        }
        await CheckAsync(customer, chat, cancel);
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

    private static async Task NotReadyAsync(Uri server, CancellationToken cancel)
    {
        using var other = new WireClient(server);
        while (await HealthAsync(server) is null)
            await other.PostFormAsync(Door, new Dictionary<string, string> { ["nickname"] = "Eve" }, null, cancel);
    }

    private static async Task<Reply> SayAsync(WireClient customer, ChatRecord chat, CancellationToken cancel)
    {
        var text = chat.AddSent("customer", $"{chat.Texts().Count}");
        var form = new Dictionary<string, string> { ["secureKey"] = chat.SecureKey!, ["message"] = text.Text };
        var reply = await customer.PostFormAsync($"{Door}/{chat.Id}/send", form, null, cancel);
        text.Fate = reply.Fate;
        return reply;
    }

    private static async Task CheckAsync(WireClient customer, ChatRecord chat, CancellationToken cancel)
    {
        var told = await CustomerView.ReadAsync(customer, chat, cancel);
        Assert.NotNull(told);
        Assert.Empty(StoryChecker.Faults(chat, told));
    }

    /// <summary>Why the server is not ready; null if it is.</summary>
    private static async Task<string?> HealthAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var answer = await http.GetAsync("/health/ready");
        var body = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync());
        return answer.StatusCode == HttpStatusCode.OK ? null : body.GetProperty("statusMessage").GetString()!;
    }
}
