using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class WebSocketTests
{
    [Fact]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area("CometD transports", "Server sends before first connect")]
    [Area("What clients depend on", "any HTTP response may carry events; on WebSocket events flow without any connect")]
    public async Task Events_flow_without_any_connect_and_without_answering_the_held_one()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Connect(host);
        await socket.Handshake();
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        host.Publish("/a", 1);
        Assert.Equal("""[{"channel":"/a","data":1}]""", await socket.ReceiveText());

        await socket.Ask("/meta/connect");
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);
        host.Publish("/a", 2);
        Assert.Equal("""[{"channel":"/a","data":2}]""", await socket.ReceiveText());
        Assert.True(Session(host).HoldsConnect);
    }

    [Fact]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area("What clients depend on", "no connect is held longer than advice timeout + 10 s")]
    public async Task A_held_connect_is_answered_at_its_timeout()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Open(host);
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("""[{"channel":"/meta/connect","id":"2","successful":true}]""", await socket.ReceiveText());
    }

    [Fact]
    [Area("CometD WebSocket", "Batched replies")]
    public async Task Events_that_wait_are_joined_and_precede_the_replies_of_the_frame()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Connect(host);
        await socket.Handshake();
        await socket.Send(
            $"[{socket.Message("/meta/subscribe", ",\"subscription\":\"/a\"")},{socket.Message("/a", ",\"data\":1")},"
            + $"{socket.Message("/a", ",\"data\":2")}]");

        var received = new List<string>();
        while (received.Count < 5)
            received.AddRange((await socket.Receive()).Select(m => m!["data"] is { } data ? $"event {data}" : "reply"));
        Assert.Equal(["event 1", "event 2", "reply", "reply", "reply"], received);
    }

    [Fact]
    public async Task Frames_are_bounded_and_lose_nothing()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxFrameSize = 1024);
        using var socket = await RawSocket.Open(host, "/a");
        for (var i = 0; i < 500; i++) host.Publish("/a", i);

        var received = new List<int>();
        while (received.Count < 500)
        {
            var frame = await socket.ReceiveText();
            Assert.InRange(frame.Length, 1, 1024 + 100);
            received.AddRange(System.Text.Json.Nodes.JsonNode.Parse(frame)!.AsArray().Select(m => (int)m!["data"]!));
        }
        Assert.Equal(Enumerable.Range(0, 500), received);
    }

    [Fact]
    public async Task Only_the_reply_of_a_held_connect_waits()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Open(host);
        await socket.Send($"[{socket.Message("/meta/connect")},{socket.Message("/a", ",\"data\":1")}]");
        Assert.Equal("/a", (string?)Assert.Single(await socket.Receive())!["channel"]);
        Assert.True(Session(host).HoldsConnect);
    }

    [Fact]
    [Area("CometD transports", "Duplicate connect")]
    [Area("What clients depend on", "a superseded long-poll gets an error status; a superseded WebSocket connect gets nothing")]
    public async Task A_superseded_connect_is_never_answered()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Open(host);
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        time.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal("3", (string?)Assert.Single(await socket.Receive())!["id"]);
    }

    [Fact]
    [Area("What clients depend on", "on disconnect, connect reply before disconnect reply")]
    public async Task On_disconnect_the_connect_is_answered_before_the_disconnect_in_one_frame_and_the_server_closes_in_the_end()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Open(host);
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);

        await socket.Send($"[{socket.Message("/meta/disconnect")}]");
        var first = await socket.Receive();
        var all = first.Count == 2 ? first.ToList() : [.. first, .. await socket.Receive()];
        Assert.Equal(["/meta/connect", "/meta/disconnect"], all.Select(m => (string?)m!["channel"]));
        Assert.Equal("none", (string?)all[0]!["advice"]!["reconnect"]);

        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1000, await socket.Closed());
    }

    [Fact]
    public async Task The_host_disconnects_after_what_waits()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Open(host, "/a");
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);
        var session = Session(host);
        host.Publish("/a", 1);
        host.Server.Disconnect(session);

        var heard = new List<string?>();
        while (heard.Count < 3) heard.AddRange((await socket.Receive()).Select(m => (string?)m!["channel"]));
        Assert.Equal(["/a", "/meta/disconnect", "/meta/connect"], heard);
    }

    [Fact]
    [Area("CometD WebSocket", "Transport, raw")]
    [Area("What clients depend on", "a new WebSocket resumes by clientId without handshake")]
    public async Task A_client_that_loses_its_connection_resumes_on_another_and_loses_nothing()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var lost = await RawSocket.Open(host, "/a");
        var session = Session(host);
        lost.Abort();
        await Eventually.True(() => session.IsDetached);
        host.Publish("/a", 1);

        using var next = await RawSocket.Connect(host);
        next.ClientId = lost.ClientId;
        Assert.Equal(["/a", "/meta/connect"], await Heard(next, 2, ",\"advice\":{\"timeout\":0}"));
    }

    [Fact]
    public async Task The_newest_connection_wins_and_the_old_one_is_closed()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var old = await RawSocket.Open(host, "/a");
        using var next = await RawSocket.Connect(host);
        next.ClientId = old.ClientId;
        await next.Ask("/meta/subscribe", ",\"subscription\":\"/b\"");

        Assert.Equal(1000, await old.Closed());
        host.Publish("/a", 1);
        Assert.Equal("""[{"channel":"/a","data":1}]""", await next.ReceiveText());
    }

    [Fact]
    public async Task A_session_with_an_owner_is_not_resumed_by_its_id_alone()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var ada = await new Polling(host.Http, "ada").Open();

        using var nobody = await RawSocket.Connect(host);
        nobody.ClientId = ada.ClientId;
        Assert.Equal("402::session_unknown", (string?)(await nobody.Ask("/meta/connect"))[0]!["error"]);

        using var eve = await RawSocket.Connect(host, "eve");
        eve.ClientId = ada.ClientId;
        Assert.Equal("403:denied_by_security_policy:session_denied", (string?)(await eve.Ask("/meta/connect"))[0]!["error"]);

        using var same = await RawSocket.Connect(host, "ada");
        same.ClientId = ada.ClientId;
        var reply = (await same.Ask("/meta/connect", ",\"advice\":{\"timeout\":0}"))[0]!;
        Assert.True((bool?)reply["successful"]);
    }

    [Fact]
    public async Task A_session_moves_to_long_polling_and_its_socket_is_closed()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Connect(host, "ada");
        await socket.Handshake();
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        var polling = new Polling(host.Http, "ada");

        var reply = (await polling.Send($"[{socket.Message("/meta/connect")}]"))[0]!;
        Assert.Equal("retry", (string?)reply["advice"]!["reconnect"]); // another transport than the one advised last
        Assert.Equal(1000, await socket.Closed());
        host.Publish("/a", 1);
        Assert.Equal(2, (await polling.Send($"[{socket.Message("/meta/connect")}]")).Count);
    }

    [Fact]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area("CometD transports", "Connect suspended, connection closed")]
    public async Task Losing_the_connection_starts_expiry_at_once()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Open(host);
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);
        var session = Session(host);
        socket.Abort();
        await Eventually.True(() => session.IsDetached);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
    }

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("anonymous").Single();

    private static async Task<List<string?>> Heard(RawSocket socket, int count, string more)
    {
        await socket.Send($"[{socket.Message("/meta/connect", more)}]");
        var heard = new List<string?>();
        while (heard.Count < count) heard.AddRange((await socket.Receive()).Select(m => (string?)m!["channel"]));
        return heard;
    }
}
