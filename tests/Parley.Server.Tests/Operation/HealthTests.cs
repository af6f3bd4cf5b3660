using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Operation.Health;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Operation;

/// <summary>What the server says of its own health, over the wire.</summary>
public sealed class HealthTests : IAsyncDisposable
{
    private readonly FragileLog log = new();
    private readonly ManualTime clock = new();

    [Fact]
    public async Task A_server_that_works_is_live_and_ready()
    {
        await using var server = await Start();
        Assert.Equal((HttpStatusCode.OK, "live"), await Status(server, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, "ready"), await Status(server, "/health/ready"));
    }

    [Fact]
    public async Task A_server_that_was_told_to_stop_is_not_ready_at_once_and_still_live()
    {
        await using var server = await Start();
        server.The<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(["lifecycle: The server is stopping."], await Problems(server));
        Assert.Equal(HttpStatusCode.OK, (await Status(server, "/health/live")).Http);
    }

    [Fact]
    public void A_server_is_not_ready_before_its_start_is_finished()
    {
        using var unstarted = ParleyHost.Build(["--demo"], b => b.Services.AddSingleton<IEventLog>(log));
        Assert.Equal("The start is not finished.", unstarted.Services.GetRequiredService<Lifecycle>().Problem()?.Message);
    }

    [Fact]
    public async Task A_log_that_cannot_store_is_not_ready_and_nobody_needs_to_ask_for_it_to_be_so_again()
    {
        await using var server = await Start();
        log.IsBroken = true;
        await Say(server);
        Assert.Equal(["log: The log cannot store anything: the server's own log says why."], await Problems(server));
        Assert.Equal(HttpStatusCode.OK, (await Status(server, "/health/live")).Http);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await Problems(server)); // it was tried, in vain
        Assert.Equal(2, log.Refusals);

        log.IsBroken = false;
        clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(async () => (await Problems(server)).Count == 0);
    }

    [Fact]
    public async Task A_full_disk_is_called_so()
    {
        await using var server = await Start();
        (log.IsBroken, log.Trouble) = (true, LogTrouble.StoreFull);
        await Say(server);
        Assert.Equal(
            ["log: The log cannot store anything: its disk, or what it may use of it, is full."], await Problems(server));
    }

    [Fact]
    public async Task Too_many_waiting_commands_do_not_make_a_server_unready()
    {
        await using var server = await Start();
        (log.IsBroken, log.Trouble) = (true, LogTrouble.TooManyWaiting);
        await Say(server);
        Assert.Empty(await Problems(server));
    }

    [Fact]
    public async Task A_log_that_takes_too_long_to_store_is_not_ready_until_it_has()
    {
        await using var server = await Start();
        var stored = new TaskCompletionSource();
        log.HoldAll = stored.Task;
        var saying = Say(server);
        await Eventually.True(() => Task.FromResult(server.The<CommandsUnderWay>().Waiting == 1));
        clock.Advance(TimeSpan.FromMilliseconds(10_000));
        Assert.Empty(await Problems(server));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["delay: The log takes too long to store: its disk or database cannot keep up."], await Problems(server));

        stored.SetResult();
        await saying;
        Assert.Empty(await Problems(server));
    }

    [Fact]
    public async Task A_tail_that_lags_is_not_ready_until_it_has_caught_up()
    {
        using var slow = new SlowHearer();
        await using var server = await Start(b => b.Services.AddSingleton<IHearsCommits>(slow));
        await Say(server);
        clock.Advance(TimeSpan.FromMilliseconds(10_001));
        Assert.Equal(["delay: Those who are pushed are told too late: the log's tail lags behind."], await Problems(server));

        slow.GoOn.Set();
        await Eventually.True(async () => (await Problems(server)).Count == 0);
    }

    [Fact]
    public async Task A_tail_that_cannot_be_followed_is_not_ready_until_it_can()
    {
        log.IsUnfollowable = true;
        await using var server = await Start();
        await Eventually.True(async () => (await Problems(server)).Count == 1);
        Assert.Equal(
            ["tail: The log cannot be followed: nobody is told what happens. The server's own log says why."],
            await Problems(server));

        log.IsUnfollowable = false;
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return (await Problems(server)).Count == 0;
        });
    }

    [Fact]
    public async Task What_others_can_do_without_is_a_warning_and_the_server_stays_ready()
    {
        await using var server = await Start(builder => builder.Services.AddSingleton<IHealth, NoFiles>());
        using var answer = await server.Get("/health/ready").Raw();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(
            """{"statusCode":0,"status":"ready","warnings":[{"part":"files","problem":"No files."}]}""",
            await answer.Content.ReadAsStringAsync());
    }

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private Task<StartedServer> Start(Action<WebApplicationBuilder>? configure = null) => StartedServer.Start(null, builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(clock).AddSingleton<IEventLog>(log);
        configure?.Invoke(builder);
    });

    /// <summary>A customer asks for a chat, which is stored or not.</summary>
    private static async Task Say(StartedServer server) =>
        (await server.Post(CustomerClient.Service, """{"nickname":"Ada"}""").Raw()).Dispose();

    private static async Task<(HttpStatusCode Http, string Status)> Status(StartedServer server, string path)
    {
        using var answer = await server.Get(path).Raw();
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (answer.StatusCode, body["status"]!.GetValue<string>());
    }

    /// <summary>Why the server is not ready; empty if it is.</summary>
    private static async Task<List<string>> Problems(StartedServer server)
    {
        using var answer = await server.Get("/health/ready").Raw();
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        List<string> problems = [.. (body["problems"]?.AsArray() ?? []).Select(p => $"{p!["part"]}: {p["problem"]}")];
        Assert.Equal(problems.Count == 0 ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(problems.Count == 0 ? "ready" : "not ready", body["status"]!.GetValue<string>());
        Assert.Equal(problems.Count == 0 ? 0 : 4, body["statusCode"]!.GetValue<int>());
        if (problems.Count > 0) Assert.EndsWith(body["statusMessage"]!.GetValue<string>(), problems[0]);
        return problems;
    }

    private sealed class NoFiles : IHealth
    {
        public string Part => "files";

        public bool IsVital => false;

        public Rejection? Problem() => new(Reason.Unavailable, "No files.");
    }

    /// <summary>Somebody who keeps all others from being told until the test lets go.</summary>
    private sealed class SlowHearer : IHearsCommits, IDisposable
    {
        public ManualResetEventSlim GoOn { get; } = new();

        public void Hear(Parley.Chats.ChatCommit commit) => GoOn.Wait(Eventually.Patience);

        public void Dispose() => GoOn.Dispose();
    }
}
