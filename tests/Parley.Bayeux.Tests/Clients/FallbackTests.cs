using Parley.Bayeux.Tests.Areas;
using Parley.Bayeux.Tests.Network;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>Clients that would rather use WebSocket, where something on the way does not let them.</summary>
public sealed class FallbackTests
{
    public static TheoryData<string, Upgrades> ClientsAndProxies => new(
        from client in ClientMatrix.Clients
        from upgrades in new[] { Upgrades.Forbid, Upgrades.BadGateway }
        where upgrades is Upgrades.Forbid || !client.Data.StartsWith("cometd", StringComparison.Ordinal)
            || client.Data.StartsWith(ClientMatrix.NewestClient, StringComparison.Ordinal)
        select (client.Data, upgrades));

    [Theory, MemberData(nameof(ClientsAndProxies))]
    [Area("CometD transports", "Transport negotiation and failure")]
    [Area("CometD JavaScript", "Transport negotiation failure, transport failure")]
    public async Task A_client_falls_back_to_long_polling_where_a_proxy_refuses_WebSocket(string client, Upgrades proxy)
    {
        await using var scene = await ClientScene.Set(PrefersWebSocket(client), upgrades: proxy);
        await Converses(scene);
        Assert.Equal(0, scene.Network.WebSockets);
    }

    // Not Faye: to its client a WebSocket that opened once is usable for ever.
    [Theory, MemberData(nameof(ClientMatrix.CometDClients), MemberType = typeof(ClientMatrix))]
    public async Task A_client_falls_back_where_a_proxy_opens_WebSockets_and_then_drops_them(string client)
    {
        var settings = PrefersWebSocket(client) with
        {
            Configuration = new Dictionary<string, object> { ["stickyReconnect"] = false },
        };
        await using var scene = await ClientScene.Set(settings, upgrades: Upgrades.Break);
        await Converses(scene);
    }

    [Theory, MemberData(nameof(ClientMatrix.Clients), MemberType = typeof(ClientMatrix))]
    [Area("CometD transports", "Transport negotiation and failure")]
    public async Task A_client_falls_back_where_the_server_has_no_WebSocket(string client)
    {
        await using var scene = await ClientScene.Set(PrefersWebSocket(client), o => o.ConnectionTypes = ["long-polling"]);
        await Converses(scene);
    }

    [Fact]
    [Area("CometD JavaScript", "Transport negotiation failure, transport failure")]
    public async Task A_client_that_has_nothing_to_fall_back_to_stops()
    {
        await using var scene = await ClientScene.Set(
            ClientSettings.Of(ClientMatrix.NewestClient, "websocket"), o => o.ConnectionTypes = ["long-polling"]);
        scene.Client.Tell("handshake");
        await scene.Client.Hears("handshake false");
        await scene.Client.Ends();
    }

    private static ClientSettings PrefersWebSocket(string client) =>
        ClientSettings.Of(client, "websocket") with { Transports = ["websocket", "long-polling"] };

    private static async Task Converses(ClientScene scene)
    {
        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        await scene.Client.Hears("connect true long-polling");
        await scene.IsConnected();
        scene.Publish(1);
        await scene.Client.HearsEvents("/news", 1);
        scene.Client.Tell("publish", "/news", 2);
        await scene.Client.HearsEvents("/news", 2);
    }
}
