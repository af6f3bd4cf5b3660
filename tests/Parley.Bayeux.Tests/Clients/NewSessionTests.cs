using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>Sessions that are no more, and how other people's clients get another by themselves.</summary>
public sealed class NewSessionTests
{
    [Theory, MemberData(nameof(ClientMatrix.All), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Advice")]
    [Area("CometD JavaScript", "WebSocket: protocol, connect timeout, network delay, header removed, different URLs")]
    public async Task A_client_whose_session_expired_handshakes_once_and_goes_on(string client, string transport, bool ack)
    {
        // The client waits between two connects, and meanwhile the server's clock passes what it may wait.
        await using var scene = await ClientScene.Set(
            ClientSettings.Of(client, transport, ack), o => o.Interval = TimeSpan.FromMilliseconds(200));
        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        await scene.Client.Hears("subscribe true /news");
        var session = scene.Session;
        await Eventually.True(() =>
        {
            if (session.IsExpiring) scene.Time.Advance(TimeSpan.FromSeconds(31));
            else if (session.HoldsConnect) scene.Time.Advance(TimeSpan.FromSeconds(30)); // it is answered, and another wait begins
            return !session.IsLive;
        });

        await scene.Client.Hears("handshake true retry");
        await scene.IsConnected();
        scene.Publish("after");
        await scene.Client.HearsEvents("/news", "after");
        Assert.Equal(2, scene.Client.TimesHeard("handshake"));
    }

    [Theory, MemberData(nameof(ClientMatrix.All), MemberType = typeof(ClientMatrix))]
    [Area("CometD WebSocket", "Retry and restart")]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task A_client_handshakes_again_after_the_server_was_restarted(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        await scene.RestartServer();

        await scene.Client.Hears(ack ? "handshake true retry ack" : "handshake true retry");
        await scene.IsConnected();
        scene.Publish("again");
        await scene.Client.HearsEvents("/news", "again");
    }

    [Theory]
    [Area("CometD transports", "Handshake reconnect")]
    [InlineData("cometd-3.1.14", "long-polling")]
    [InlineData(ClientMatrix.NewestClient, "websocket")]
    [InlineData(ClientMatrix.NewestClient, "long-polling")]
    [InlineData(ClientMatrix.NewestClient + " in Chromium", "callback-polling")]
    public async Task A_client_away_for_longer_than_advised_handshakes_without_asking(string client, string transport)
    {
        await using var scene = await ClientScene.Open(
            ClientSettings.Of(client, transport),
            o => (o.Timeout, o.MaxInterval) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1)));
        var session = scene.Session;
        scene.Network.Refuse();
        scene.Network.Cut();
        await scene.Client.Hears("handshake false"); // it no longer tries to connect

        scene.Network.Heal();
        await scene.Client.Hears("handshake true retry");
        await Eventually.True(() => scene.Host.Server.SessionsOf("anonymous").Any(s => s != session && s.HoldsConnect));
        Assert.True(session.IsLive); // no time has passed for the server: nobody told the client
    }
}
