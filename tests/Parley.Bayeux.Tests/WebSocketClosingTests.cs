using System.Net.WebSockets;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>When a WebSocket is closed, or refused, by the server, and with which status.</summary>
public sealed class WebSocketClosingTests
{
    [Theory]
    [InlineData("[", 1007)]
    [InlineData("", 1007)]
    [InlineData("""[{"channel":"/meta/handshake"},{"channel":"/meta/handshake"}]""", 1002)]
    [InlineData("[1]", 1007)]
    public async Task A_payload_that_is_none_closes_the_connection(string payload, int status)
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Connect(host);
        await socket.Send(payload);
        Assert.Equal(status, await socket.Closed());
    }

    [Fact]
    public async Task An_empty_array_is_how_old_clients_of_Faye_ask_whether_the_connection_lives()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await RawSocket.Connect(host);
        await socket.Send("[]");
        Assert.True((bool?)(await socket.Handshake())["successful"]);
    }

    [Fact]
    [Area("CometD transports", "Max message size")]
    public async Task Too_large_too_many_garbled_and_binary_close_with_their_own_status()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var fits = await RawSocket.Connect(host);
        await fits.Send("[{}]".PadRight(65536));
        await fits.Receive();

        using var large = await RawSocket.Connect(host);
        await large.Send("[{}]".PadRight(65537));
        Assert.Equal(1009, await large.Closed());

        using var many = await RawSocket.Connect(host);
        await many.Send("[" + string.Join(',', Enumerable.Repeat("{}", 257)) + "]");
        Assert.Equal(1008, await many.Closed());

        using var garbled = await RawSocket.Connect(host);
        await garbled.Send([(byte)'"', 0xFF, (byte)'"'], WebSocketMessageType.Text);
        Assert.Equal(1007, await garbled.Closed());

        using var binary = await RawSocket.Connect(host);
        await binary.Send("[{}]"u8.ToArray(), WebSocketMessageType.Binary);
        Assert.Equal(1003, await binary.Closed());
    }

    [Fact]
    public async Task A_connection_that_brings_nothing_is_closed_as_idle_but_not_while_a_connect_is_held()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.Timeout = TimeSpan.FromMinutes(5));
        using var silent = await RawSocket.Connect(host);
        await silent.Ask("/nothing"); // answered, so the server has begun to serve the connection
        using var patient = await RawSocket.Open(host);
        await patient.Send($"[{patient.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);

        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(1001, await silent.Closed());
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("/meta/connect", (string?)(await patient.Receive())[0]!["channel"]);
    }

    [Fact]
    [Area("CometD WebSocket", "Client over WebSocket")]
    public async Task An_expired_session_closes_its_connection()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Connect(host);
        await socket.Handshake();
        await Eventually.True(() => Session(host).IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1000, await socket.Closed());
    }

    [Fact]
    [Area("Own tests on top", "queue limit")]
    public async Task A_session_that_cannot_keep_up_is_closed_as_such()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxQueueBytes = 1024);
        using var socket = await RawSocket.Open(host, "/a");
        // faster than anything can be sent: what does not fit beside what waits ends the session
        for (var i = 0; i < 100_000 && host.Server.SessionCount > 0; i++) host.Publish("/a", new string('x', 2000));
        Assert.Equal(1008, await socket.Closed());
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    public async Task One_event_always_fits_however_long_it_is()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxQueueBytes = 1024);
        using var socket = await RawSocket.Open(host, "/a");
        host.Publish("/a", new string('x', 2000));
        Assert.Contains(new string('x', 2000), await socket.ReceiveText(), StringComparison.Ordinal);
        Assert.Equal(1, host.Server.SessionCount);
    }

    [Fact]
    [Area("CometD WebSocket", "Slow connection")]
    [Area("Own tests on top", "stalled reader")]
    public async Task A_reader_that_stalls_loses_its_connection_but_neither_its_session_nor_what_waits()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o =>
        {
            (o.MaxQueue, o.MaxQueueBytes) = (10_000, 1_000_000_000);
            (o.MaxInterval, o.IdleTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        });
        using var stalled = await RawSocket.Open(host, "/a");
        var session = Session(host);
        var large = new string('x', 100_000);
        for (var i = 0; i < 500; i++) host.Publish("/a", large);

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return session.IsDetached;
        });
        Assert.True(session.IsLive);
        Assert.InRange(session.TakeWith(answered: null).Count, 1, 499);
    }

    [Fact]
    public async Task A_stopping_server_closes_with_1001()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var open = await RawSocket.Open(host);
        using var bare = await RawSocket.Connect(host);
        await open.Send($"[{open.Message("/meta/connect")}]");
        await Eventually.True(() => Session(host).HoldsConnect);

        var stop = host.Stop();
        Assert.Equal(1001, await open.Closed());
        Assert.Equal(1001, await bare.Closed());
        await stop;
    }

    [Theory]
    [Area("Own tests on top", "origin checks on HTTP and WebSocket")]
    [InlineData(null, true)]
    [InlineData("same", true)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task An_upgrade_from_a_foreign_origin_is_refused(string? origin, bool allowed)
    {
        await using var host = await TestHost.Start();
        var value = origin == "same" ? $"http://{host.Address.Authority}" : origin;
        (string, string)[] headers = value is null ? [] : [("Origin", value)];
        if (allowed)
        {
            using var socket = await RawSocket.Connect(host, null, headers);
            Assert.True((bool?)(await socket.Handshake())["successful"]);
        }
        else
        {
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.Connect(host, null, headers));
            Assert.Contains("403", refused.Message);
        }
    }

    [Fact]
    [Area("What clients depend on", "the first handshake goes over WebSocket; the upgrade must fail fast if unsupported")]
    public async Task Without_WebSocket_the_upgrade_fails_at_once_and_handshakes_say_so()
    {
        await using var host = await TestHost.Start(configure: o => o.ConnectionTypes = ["long-polling"]);
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.Connect(host));
        Assert.Contains("400", refused.Message);
        var reply = await new Polling(host.Http).Handshake();
        Assert.Equal("""["long-polling"]""", reply["supportedConnectionTypes"]!.ToJsonString());
    }

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("anonymous").Single();
}
