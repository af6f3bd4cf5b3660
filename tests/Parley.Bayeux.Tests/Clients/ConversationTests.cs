using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What goes well: other people's clients, unchanged, over each of their transports.</summary>
public sealed class ConversationTests
{
    [Theory, MemberData(nameof(ClientMatrix.All), MemberType = typeof(ClientMatrix))]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area("Own tests on top", "the JavaScript client closes its socket when it disconnects")]
    [Area("CometD JavaScript", "Publish, subscribe, unsubscribe, batch, auto-batch, multi-publish")]
    [Area("CometD JavaScript", "Disconnect by client, in listeners, by server, after deliver")]
    [Area("CometD Node", "`cometd-nodejs-client`: client, TypeScript client")]
    [Area("CometD Node", "… websocket")]
    [Area("Faye", "integration")]
    public async Task A_client_subscribes_receives_publishes_batches_and_disconnects(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        var (host, peer) = (scene.Host, scene.Client);

        scene.Publish(new { text = "gøal 😀", number = 1.5 });
        await peer.HearsEvents("/news", new { text = "gøal 😀", number = 1.5 });

        peer.Tell("publish", "/news", "mine");
        await peer.HearsEvents("/news", "mine");
        peer.Tell("batch", "/news", 1, 2, 3);
        await peer.HearsEvents("/news", 1, 2, 3);

        peer.Tell("subscribe", "/other");
        await peer.Hears("subscribe true /other");
        peer.Tell("unsubscribe", "/news");
        await peer.Hears("unsubscribe true /news");
        scene.Publish("not heard");
        host.Publish("/other", "heard");
        await peer.HearsEvents("/other", "heard");

        peer.Tell("disconnect");
        await peer.Hears("disconnect true");
        await Eventually.True(() => host.Server.SessionCount == 0 && scene.Network.WebSockets == 0);
        await peer.Ends();
        Assert.Empty(host.Errors);
    }
}
