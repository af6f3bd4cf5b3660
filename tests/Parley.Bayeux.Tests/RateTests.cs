using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What one address, principal or session may do in a time, and what all of them may have waiting together.</summary>
public sealed class RateTests
{
    private const string TooMany = "429::too_many_messages";

    [Fact]
    public async Task An_address_that_handshakes_too_often_is_told_to_come_back_later()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.HandshakesPerAddress = new RateLimit(PerSecond: 1, Burst: 2));
        Assert.True((bool?)(await new Polling(host.Http).Handshake())["successful"]);
        host.Policy.DeniesHandshakes = true;
        Assert.Equal("403::handshake_denied", (string?)(await new Polling(host.Http).Handshake())["error"]);
        host.Policy.DeniesHandshakes = false;

        var refused = await new Polling(host.Http).Handshake();
        Assert.Equal("429::too_many_handshakes", (string?)refused["error"]);
        Assert.Equal("""{"reconnect":"handshake","interval":5000}""", refused["advice"]!.ToJsonString());

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((bool?)(await new Polling(host.Http).Handshake())["successful"]);
    }

    [Fact]
    public async Task Subscriptions_may_change_only_so_often_each_name_counted()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(
            time, o => (o.MaxSubscriptions, o.SubscriptionChanges) = (3, new RateLimit(PerSecond: 1, Burst: 3)));
        var client = await new Polling(host.Http).Open();
        Assert.True((bool?)(await client.Subscribe("/a"))[0]!["successful"]);
        var both = client.Message("/meta/subscribe", ",\"subscription\":[\"/b\",\"/c\"]");
        Assert.True((bool?)(await client.Send($"[{both}]"))[0]!["successful"]);

        var refused = client.Message("/meta/unsubscribe", ",\"subscription\":\"/a\"");
        Assert.Equal(TooMany, (string?)(await client.Send($"[{refused}]"))[0]!["error"]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((bool?)(await client.Send($"[{refused}]"))[0]!["successful"]);
    }

    [Fact]
    public async Task The_sessions_of_one_principal_share_what_it_may_publish()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.PublishesPerPrincipal = new RateLimit(PerSecond: 1, Burst: 3));
        var sessions = new List<Polling>();
        for (var i = 0; i < 2; i++) sessions.Add(await new Polling(host.NewHttp(), "ada").Open());
        var bob = await new Polling(host.NewHttp(), "bob").Open();

        foreach (var session in (Polling[])[sessions[0], sessions[1], sessions[0]])
            Assert.True((bool?)(await session.Publish("/a", "1"))[0]!["successful"]);
        Assert.Equal(TooMany, (string?)(await sessions[1].Publish("/a", "1"))[0]!["error"]);
        Assert.True((bool?)(await bob.Publish("/a", "1"))[0]!["successful"]);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((bool?)(await sessions[1].Publish("/a", "1"))[0]!["successful"]);
    }

    [Fact]
    public async Task Beyond_the_bound_of_all_queues_together_those_with_a_backlog_are_full()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxTotalQueueBytes = 1024);
        var ends = new List<string>();
        host.Server.SessionEnded += (session, end) => ends.Add($"{session.Principal} {end.Reason}");
        await new Polling(host.NewHttp(), "ada").Open("/a");
        await new Polling(host.NewHttp(), "bob").Open("/a");
        await new Polling(host.NewHttp(), "cleo").Open("/b");

        for (var i = 0; i < 32; i++) host.Publish("/a", 12345678); // 32 bytes each, which two queues share
        host.Publish("/b", 12345678);
        Assert.Empty(ends);
        host.Publish("/a", 12345678);
        Assert.Equal(["ada TooSlow", "bob TooSlow"], ends.Order());
        Assert.Equal(32, host.Server.Backlog.Bytes);
    }

    [Fact]
    public async Task What_an_ended_session_never_fetched_does_not_count()
    {
        await using var host = await TestHost.Start();
        var leaver = new Polling(host.NewHttp(), "ada");
        var wanted = """[{"channel":"/meta/handshake","id":"0","version":"1.0","ext":{"ack":true}}]""";
        leaver.Adopt((string)(await leaver.Send(wanted))[0]!["clientId"]!);
        await leaver.Subscribe("/a");
        await new Polling(host.NewHttp(), "bob").Open("/a");
        host.Publish("/a", 12345678);
        Assert.Equal(32, host.Server.Backlog.Bytes);

        await leaver.Disconnect();
        host.Server.SessionsOf("bob").Single().Disconnect();
        Assert.Equal(0, host.Server.Backlog.Bytes);
    }
}
