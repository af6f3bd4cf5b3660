using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What the host denies its clients, and how it gets rid of them.</summary>
public sealed class RefusalTests
{
    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Handshake properties, dynamic properties, failure, multiple handshakes")]
    public async Task A_client_stops_when_its_handshake_is_refused(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Set(ClientSettings.Of(client, transport, ack));
        scene.Host.Policy.DeniesHandshakes = true;
        scene.Client.Tell("handshake", new { ext = new { token = "wrong" } });
        await scene.Client.Hears("handshake false none");
        Assert.Contains("\"token\":\"wrong\"", scene.Host.Policy.LastExt, StringComparison.Ordinal);
        await scene.Client.Ends();
    }

    [Theory, MemberData(nameof(ClientMatrix.NewestOfEach), MemberType = typeof(ClientMatrix))]
    [Area("Faye", "publish")]
    public async Task Refused_subscriptions_and_publishes_fail_alone(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        scene.Host.Policy.Denied.Add("/secret");
        scene.Client.Tell("subscribe", "/secret");
        await scene.Client.Hears("subscribe false /secret 403:denied_by_security_policy:subscribe_denied");
        scene.Client.Tell("publish", "/secret", 1);
        await scene.Client.Hears("publish false /secret 403:denied_by_security_policy:publish_denied");
        scene.Publish("still there");
        await scene.Client.HearsEvents("/news", "still there");
    }

    [Theory, MemberData(nameof(ClientMatrix.Newest), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Disconnect by client, in listeners, by server, after deliver")]
    public async Task A_client_that_the_host_disconnects_receives_what_waits_and_stops(string client, string transport, bool ack)
    {
        await using var scene = await ClientScene.Open(client, transport, ack);
        var session = scene.Session;
        scene.Publish("last");
        session.Disconnect();
        await scene.Client.HearsEvents("/news", "last");
        await scene.Client.Hears("disconnect true");
        scene.Time.Advance(TimeSpan.FromSeconds(6)); // the client has let the time pass in which it may close its WebSocket
        await scene.Client.Ends();
        Assert.Equal(0, scene.Host.Server.SessionCount);
    }
}
