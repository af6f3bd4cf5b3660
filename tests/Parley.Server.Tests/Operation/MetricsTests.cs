using System.Net;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Operation;

/// <summary><c>/metrics</c> over the wire: what is in it, and who may read it.</summary>
public sealed class MetricsTests
{
    private const string Token = "a token of sixteen or more";

    [Fact]
    public async Task What_happens_is_measured_under_names_that_say_so()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Routing:PauseAfterDeclineMs=3600000");
        await using var bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
        using var ada = await server.Customer("Ada");
        var chat = await bob.AcceptNext();
        await ada.Say("Hello");
        Assert.NotEqual(0, (await bob.Do(chat, "Nonsense")).StatusCode);
        await bob.HearsOut();
        bob.Inbox.TakeAll(AgentClient.Chats);
        using var waiting = await server.Customer("Eve");
        await bob.NextOffer();
        (await bob.Do(waiting.ChatId, "Reject")).Succeeded();
        await bob.HearsOut();

        var read = await Read(server);
        Assert.Equal(1, read.Sum("parley_commands_total", "operation=\"CustomerSend\"", "outcome=\"Done\""));
        Assert.Equal(1, read.Samples["parley_agents_in_session"]);
        Assert.Equal(1, read.Samples["parley_agents_ready"]);
        Assert.Equal(1, read.Samples["parley_chats_waiting{queue=\"Support\"}"]);
        Assert.Equal(1, read.Samples["parley_health{part=\"log\"}"]);
        Assert.Equal(0, read.Samples["parley_appends_waiting"]);
        Assert.InRange(read.Samples["parley_history_lag"], 0, 100);
        Assert.True(read.Sum("parley_append_duration_seconds_count", "Stored") > 5);
        Assert.True(read.Samples["parley_tell_duration_seconds_count"] > 5);
        Assert.True(read.Sum("parley_log_batch_count") > 0);
        Assert.True(read.Sum("bayeux_sessions") >= 1);
        Assert.True(read.Sum("http_server_request_duration_seconds_count", "/api/v2/me/chats/{id}") >= 2);
        Assert.True(read.Sum("dotnet_process_memory_working_set_bytes") > 1_000_000);
        var own = read.Families.Where(f => f.Key.StartsWith("parley_", StringComparison.Ordinal));
        Assert.All(own, family => Assert.NotEqual("", family.Value.Help));
    }

    [Fact]
    public async Task Nobody_is_named_and_nothing_that_was_said_is_repeated()
    {
        await using var server = await RunningServer.Start();
        using var ada = await server.Customer("Adamantine");
        await ada.Say("zq-secret-text");
        using var http = new HttpClient { BaseAddress = server.Address };
        using (await http.GetAsync("/zq-secret-path")) { }

        var text = await http.GetStringAsync("/metrics");
        Assert.All(
            ["Adamantine", "zq-secret", ada.SecureKey, ada.ChatId],
            secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "", null, null, 200)]
    [InlineData("10.0.0.0/8", "", null, null, 403)]
    [InlineData("", "", null, null, 403)]
    [InlineData("", Token, Token, null, 200)]
    [InlineData("", Token, "another token of sixteen", null, 403)]
    [InlineData("", Token, null, null, 403)]
    [InlineData("127.0.0.0/8", "", null, "X-Forwarded-For", 403)]
    [InlineData("127.0.0.0/8", "", null, "Via", 403)]
    [InlineData("", Token, Token, "X-Forwarded-For", 200)]
    public async Task Only_known_networks_and_whoever_has_the_token_may_read(
        string networks, string token, string? sent, string? proxyHeader, int expected)
    {
        await using var server = await StartedServer.Demo(
            $"Parley:Metrics:Networks={networks}", $"Parley:Metrics:Token={token}");
        var request = server.Get("/metrics");
        if (sent is not null) request.With("Authorization", $"Bearer {sent}");
        if (proxyHeader is not null) request.With(proxyHeader, "203.0.113.9");
        using var answer = await request.Raw();
        Assert.Equal((HttpStatusCode)expected, answer.StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_that_is_trusted_it_is_the_clients_network_that_counts()
    {
        await using var server = await StartedServer.Demo("Parley:Rest:TrustForwardedHeaders=true");
        Assert.Equal(403, (int)(await server.Get("/metrics").With("X-Forwarded-For", "203.0.113.9").Raw()).StatusCode);
        Assert.Equal(200, (int)(await server.Get("/metrics").With("X-Forwarded-For", "10.1.2.3").Raw()).StatusCode);
    }

    private static async Task<PrometheusText> Read(RunningServer server)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return PrometheusText.Read(await answer.Content.ReadAsStringAsync());
    }
}
