using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>Networks that fail, and how other people's clients recover by themselves.</summary>
public sealed class CutNetworkTests
{
    private static readonly TimeSpan PastMaxInterval = TimeSpan.FromSeconds(31);

    [Theory, MemberData(nameof(ClientMatrix.All), MemberType = typeof(ClientMatrix))]
    [Area("CometD transports", "Network failure, short and long")]
    [Area("CometD JavaScript", "Connect failure, temporary failure, empty response, max network delay")]
    public async Task A_short_cut_of_the_network_keeps_the_session_and_loses_nothing(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        var session = scene.Session;
        scene.Publish(1);
        await scene.Client.HearsEvents("/news", 1);
        await scene.IsConnected();

        scene.Network.Refuse();
        scene.Network.Cut();
        await Eventually.True(() => !session.HoldsConnect);
        scene.Publish(2);
        scene.Publish(3);
        await scene.Client.Hears("connect false");

        scene.Network.Heal();
        await scene.Client.HearsEvents("/news", 2, 3);
        scene.Publish(4);
        await scene.Client.HearsEvents("/news", 4);
        Assert.Same(session, scene.Session);
        Assert.Equal(1, scene.Client.TimesHeard("handshake"));
    }

    [Theory, MemberData(nameof(ClientMatrix.All), MemberType = typeof(ClientMatrix))]
    [Area("CometD transports", "Network failure, short and long")]
    [Area("CometD transports", "Expired session handshake")]
    public async Task A_long_cut_of_the_network_ends_the_session_and_the_client_gets_another(
        string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        var session = scene.Session;

        scene.Network.Refuse();
        scene.Network.Cut();
        await Eventually.True(() => !session.HoldsConnect);
        scene.Time.Advance(PastMaxInterval);
        Assert.False(session.IsLive);

        scene.Network.Heal();
        await scene.Client.Hears(ack ? "handshake true retry ack" : "handshake true retry");
        await scene.IsConnected();
        Assert.NotSame(session, scene.Session);
        scene.Publish("after");
        await scene.Client.HearsEvents("/news", "after");
    }

    [Theory, MemberData(nameof(ClientMatrix.NewestOfEach), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Connect failure, temporary failure, empty response, max network delay")]
    public async Task A_client_hears_on_after_a_dead_network_and_with_acknowledgement_what_was_written_into_it(
        string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        var session = scene.Session;
        scene.Network.BlackHole();
        scene.Publish("into the hole");
        if (transport != "websocket") await Eventually.True(() => !session.HoldsConnect); // it was written
        scene.Network.Cut();
        await Eventually.True(() => !session.HoldsConnect);

        scene.Network.Heal();
        await scene.IsConnected();
        scene.Publish("after");
        // Without acknowledgement nothing is promised of what was written: nobody knows that it has not arrived.
        if (ack) await scene.Client.HearsEvents("/news", "into the hole", "after");
        else await scene.Client.Hears("event /news \"after\"");
        Assert.Same(session, scene.Session);
    }
}
