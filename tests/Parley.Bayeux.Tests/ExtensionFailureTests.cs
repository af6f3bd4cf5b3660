using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>An extension that throws costs the request or the connection, never the session or an event of others.</summary>
public sealed class ExtensionFailureTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";
    private const string AllKinds = "Extensions (handshake, connect, subscribe, unsubscribe, publish, disconnect)";

    [Theory]
    [InlineData("/meta/connect", true)]
    [InlineData("/meta/connect", false)]
    [InlineData("/a", true)]
    [InlineData("/a", false)]
    [Area("CometD HTTP", AllKinds)]
    public async Task Over_polling_the_request_fails_and_session_events_and_expiry_stay(string channel, bool comingIn)
    {
        var broken = false;
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(new FuncExtension
        {
            OnMessage = m => broken && comingIn && m.Channel == channel ? throw new FormatException() : new(true),
            OnReply = r => FailIf(broken && !comingIn && r.Channel == channel),
        }));
        var client = await new Polling(host.Http).Open("/b");
        var session = host.Session;
        host.Publish("/b", 1);
        broken = true;
        using (var response = await client.Post($"[{client.Message(channel, ",\"data\":1")}]"))
            Assert.Equal(500, (int)response.StatusCode);
        Assert.Contains("FormatException", Assert.Single(host.Errors), StringComparison.Ordinal);

        broken = false;
        Assert.Equal(2, (await client.Connect(NoWait)).Count);
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
    }

    [Fact]
    public async Task A_reply_that_fails_when_a_held_connect_is_released_costs_that_answer_only()
    {
        var time = new ManualTime();
        var broken = false;
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(new FuncExtension
        {
            OnReply = _ => FailIf(broken),
        }));
        var client = await new Polling(host.Http).Open("/b");
        var session = host.Session;
        var held = client.Post($"[{client.Message("/meta/connect")}]");
        await Eventually.True(() => session.HoldsConnect);
        broken = true;
        host.Publish("/b", 1);
        using (var response = await held) Assert.Equal(500, (int)response.StatusCode);

        broken = false;
        Assert.Equal(2, (await client.Connect()).Count);
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_WebSocket_the_connection_is_closed_with_1011_and_the_session_resumes(bool comingIn)
    {
        var broken = false;
        await using var host = await TestHost.Start(new ManualTime(), o => o.Extensions.Add(new FuncExtension
        {
            OnMessage = _ => broken && comingIn ? throw new FormatException() : new(true),
            OnReply = _ => FailIf(broken && !comingIn),
        }));
        using var socket = await RawSocket.Open(host, "/b");
        var session = host.Session;
        broken = true;
        await socket.Send($"[{socket.Message("/a", ",\"data\":1")}]");
        Assert.Equal(1011, await socket.Closed());

        broken = false;
        await Eventually.True(() => session.IsDetached);
        host.Publish("/b", 1);
        using var next = await RawSocket.Connect(host);
        next.ClientId = socket.ClientId;
        Assert.Equal("/b", (string?)(await next.Ask("/meta/connect", NoWait))[0]!["channel"]);
    }

    [Fact]
    public async Task A_reply_that_fails_when_a_WebSockets_connect_is_released_costs_the_connection_only()
    {
        var time = new ManualTime();
        var broken = false;
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(
            new FuncExtension { OnReply = _ => FailIf(broken) }));
        using var socket = await RawSocket.Open(host, "/b");
        var session = host.Session;
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => session.HoldsConnect);
        broken = true;
        time.Advance(TimeSpan.FromSeconds(26));
        await Eventually.True(() => host.Errors.Count == 1);
        socket.Abort();

        broken = false;
        await Eventually.True(() => session.IsDetached && session.IsExpiring);
        host.Publish("/b", 1);
        using var next = await RawSocket.Connect(host);
        next.ClientId = socket.ClientId;
        Assert.Equal("/b", (string?)(await next.Ask("/meta/connect", NoWait))[0]!["channel"]);
    }

    [Fact]
    public async Task A_handshake_whose_reply_fails_leaves_a_session_that_is_swept()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(
            new FuncExtension { OnReply = _ => throw new FormatException() }));
        using (var response = await new Polling(host.Http).Post("""[{"channel":"/meta/handshake"}]"""))
            Assert.Equal(500, (int)response.StatusCode);
        await Eventually.True(() => host.Session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    public async Task An_event_a_servers_extension_fails_on_reaches_nobody_and_its_publisher_knows()
    {
        var broken = true;
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(
            new FuncExtension { OnEvent = (evt, _) => broken ? throw new FormatException() : evt }));
        var client = await new Polling(host.Http).Open("/a");
        using (var response = await client.Post($"[{client.Message("/a", ",\"data\":1")}]"))
            Assert.Equal(500, (int)response.StatusCode);
        Assert.Throws<FormatException>(() => host.Publish("/a", 2));

        broken = false;
        host.Publish("/a", 3);
        Assert.Equal(3, (int?)(await client.Connect(NoWait))[0]!["data"]);
    }

    [Fact]
    public async Task An_event_a_sessions_extension_fails_on_reaches_all_other_sessions()
    {
        await using var host = await TestHost.Start();
        host.Server.SessionStarted += session => session.Use(new FuncExtension
        {
            OnEvent = (evt, receiver) => receiver!.Principal == "broken" ? throw new FormatException() : evt,
        });
        var others = new List<Polling>();
        for (var i = 0; i < 8; i++)
        {
            others.Add(await new Polling(host.NewHttp(), $"u{i}").Open("/a"));
            if (i == 3) await new Polling(host.NewHttp(), "broken").Open("/a");
        }
        var publisher = await new Polling(host.Http).Open();

        Assert.True((bool?)(await publisher.Publish("/a", "1"))[0]!["successful"]);
        host.Server.PublishTo(
            [.. host.Server.SessionsOf("broken"), .. Enumerable.Range(0, 8).SelectMany(i => host.Server.SessionsOf($"u{i}"))],
            TestHost.Event("/a", 2));
        foreach (var other in others) Assert.Equal(3, (await other.Connect(NoWait)).Count);
        Assert.True(host.Server.SessionsOf("broken").Single().IsLive);
        Assert.All(host.Errors, line => Assert.Contains("FormatException", line, StringComparison.Ordinal));
        Assert.Equal(2, host.Errors.Count);
    }

    private static void FailIf(bool broken)
    {
        if (broken) throw new FormatException();
    }
}
