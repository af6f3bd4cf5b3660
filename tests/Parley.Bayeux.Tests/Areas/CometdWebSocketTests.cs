using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What CometD's tests of its server over raw WebSocket check and the tests by subject do not.</summary>
public sealed class CometdWebSocketTests
{
    private const string Suite = "CometD WebSocket";
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    [Area(Suite, "Transport, raw")]
    public async Task A_client_that_vanishes_after_its_first_connect_expires_with_what_waits_for_it()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var socket = await RawSocket.Open(host, "/foo");
        var session = Session(host);
        socket.Abort();
        host.Publish("/foo", "bar1");
        host.Publish("/foo", "bar2");

        await Eventually.True(() => session.IsDetached);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, host.Server.SessionCount);
    }

    // the reference leaves the socket of an expired session open: ours closes it
    [Fact]
    [Area(Suite, "Transport, raw")]
    public async Task A_connect_that_comes_after_the_expiry_is_told_to_handshake()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        using var expired = await RawSocket.Connect(host);
        await expired.Handshake();
        await Eventually.True(() => Session(host).IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(1000, await expired.Closed());

        Assert.Equal("402::session_unknown handshake", await Resume(host, expired.ClientId));
    }

    [Fact]
    [Area(Suite, "Transport, raw")]
    public async Task A_connect_that_races_with_the_expiry_is_in_time_or_told_to_handshake()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        for (var round = 0; round < 50; round++)
        {
            using var socket = await RawSocket.Connect(host);
            await socket.Handshake();
            var session = Session(host);
            await Eventually.True(() => session.IsExpiring);
            var clock = Task.Run(() => time.Advance(TimeSpan.FromSeconds(31)));
            await socket.Send($"[{socket.Message("/meta/connect")}]");
            await clock;

            if (await socket.ReceiveOrClose() is { } reply)
                Assert.Contains(reply.Contains("\"successful\":true") ? "\"id\":\"1\"" : "\"reconnect\":\"handshake\"", reply);
            var outcome = await Resume(host, socket.ClientId);
            Assert.Equal(session.IsLive ? " retry" : "402::session_unknown handshake", outcome);
            host.Server.Disconnect(session);
        }
        Assert.Equal(0, host.Server.SessionCount);
        Assert.Empty(host.Errors);
    }

    [Fact]
    [Area(Suite, "Extension negotiation")]
    public async Task Extensions_of_the_WebSocket_that_are_not_known_are_declined()
    {
        await using var host = await TestHost.Start();
        using var wire = await RawWire.Open(host);
        var head = await wire.Upgrade("Sec-WebSocket-Extensions: identity, fragment\r\n");
        Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", head, StringComparison.OrdinalIgnoreCase);
    }

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("anonymous").Single();

    /// <summary>Connects on a fresh connection; the error, if any, and what the advice says about reconnecting.</summary>
    private static async Task<string> Resume(TestHost host, string clientId)
    {
        using var socket = await RawSocket.Connect(host);
        socket.ClientId = clientId;
        var reply = (await socket.Ask("/meta/connect", NoWait))[0]!;
        return $"{reply["error"]} {reply["advice"]!["reconnect"]}";
    }
}
