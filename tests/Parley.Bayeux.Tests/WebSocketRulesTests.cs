using System.Net.WebSockets;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What a host may demand of WebSockets, and what every one must keep to.</summary>
public sealed class WebSocketRulesTests
{
    [Theory]
    [InlineData(true, "bayeux")]
    [InlineData(true, "soap", "bayeux")]
    [InlineData(false)]
    [InlineData(false, "soap")]
    [InlineData(false, "Bayeux")]
    [Area("CometD JavaScript", "WebSocket: protocol, connect timeout, network delay, header removed, different URLs")]
    public async Task A_configured_subprotocol_must_be_offered(bool accepted, params string[] offered)
    {
        await using var host = await TestHost.Start(configure: o => o.WebSocketSubProtocol = "bayeux");
        var connecting = RawSocket.Connect(host, options => Array.ForEach(offered, options.AddSubProtocol));
        if (accepted)
        {
            using var socket = await connecting;
            Assert.Equal("bayeux", socket.SubProtocol);
            Assert.True((bool?)(await socket.Handshake())["successful"]);
        }
        else
        {
            Assert.Contains("400", (await Assert.ThrowsAsync<WebSocketException>(() => connecting)).Message);
        }
    }

    [Fact]
    public async Task Where_every_connection_needs_a_handshake_none_resumes_a_session()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.RequireHandshakePerConnection = true);
        using var first = await RawSocket.Open(host, "/a");
        using var second = await RawSocket.Connect(host);
        second.ClientId = first.ClientId;

        var reply = (await second.Ask("/meta/connect"))[0]!;
        Assert.Equal("402::session_unknown", (string?)reply["error"]);
        Assert.Equal("handshake", (string?)reply["advice"]!["reconnect"]);
        host.Publish("/a", 1);
        Assert.Equal("""[{"channel":"/a","data":1}]""", await first.ReceiveText());
    }

    [Fact]
    [Area("CometD transports", "Max message size")]
    public async Task The_limit_is_that_of_the_message_and_not_of_its_frames()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxMessageSize = 1024);
        using var socket = await RawSocket.Connect(host);
        await socket.SendPart("""[{"channel":""");
        await socket.SendPart(new string(' ', 900));
        await socket.Send("\"/meta/handshake\"}]");
        Assert.True((bool?)(await socket.Receive())[0]!["successful"]);

        for (var i = 0; i < 3; i++) await socket.SendPart(new string(' ', 400));
        Assert.Equal(1009, await socket.Closed());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(500)]
    [InlineData(599)]
    [Area("CometD transports", "Duplicate connect")]
    public async Task The_status_of_a_superseded_poll_may_be_chosen(int status)
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.DuplicateConnectStatus = status);
        var client = await new Polling(host.Http).Open();
        var first = client.Post($"[{client.Message("/meta/connect")}]");
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        await client.Connect(",\"advice\":{\"timeout\":0}");
        using var superseded = await first;
        Assert.Equal(status, (int)superseded.StatusCode);
        Assert.Empty(await superseded.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(399)]
    [InlineData(600)]
    [InlineData(408)] // browsers repeat the request, and the stale connect would end the new one
    public void Other_statuses_are_refused_at_start(int status)
    {
        var wrong = new BayeuxOptions { DuplicateConnectStatus = status }.Validate();
        Assert.Contains("DuplicateConnectStatus", Assert.Single(wrong));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    public void What_cannot_be_a_subprotocol_is_refused_at_start(string name) =>
        Assert.Contains("WebSocketSubProtocol", Assert.Single(new BayeuxOptions { WebSocketSubProtocol = name }.Validate()));
}
