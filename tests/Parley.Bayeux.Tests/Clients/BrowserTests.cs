using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What only a real browser does.</summary>
public sealed class BrowserTests
{
    [Theory, MemberData(nameof(ClientMatrix.InChromium), MemberType = typeof(ClientMatrix))]
    [Area("No loss across reconnects", "page reload with the reload extension")]
    [Area("CometD JavaScript", "Ack extension; ack + reload; reload; timesync; timestamp; binary")]
    public async Task A_reloaded_page_goes_on_with_its_session(string client, string transport, bool ack)
    {
        var settings = ClientSettings.Of(client, transport, ack);
        settings = settings with { Extensions = [.. settings.Extensions, "ReloadExtension"] };
        await using var scene = await ClientScene.Open(settings);
        var session = scene.Session;
        scene.Publish(1);
        await scene.Client.HearsEvents("/news", 1);

        scene.Client.Tell("reload");
        scene.Client.Tell("subscribe", "/news");
        scene.Client.Tell("handshake");
        await scene.Client.Hears("handshake true retry");
        await scene.Client.Hears("subscribe true /news");
        await scene.IsConnected();
        scene.Publish(2);
        await scene.Client.HearsEvents("/news", 2);
        Assert.Same(session, scene.Session);
    }

    [Theory, MemberData(nameof(ClientMatrix.InChromium), MemberType = typeof(ClientMatrix))]
    [Area("CometD JavaScript", "Cross-origin")]
    public async Task A_page_of_an_allowed_origin_converses_and_handshakes_again_over_the_same_transport(
        string client, string transport, bool ack)
    {
        await using var elsewhere = await TestHost.Start(use: ClientScene.ServePages);
        var settings = ClientSettings.Of(client, transport, ack) with { Page = elsewhere.Address };
        await using var scene = await ClientScene.Open(
            settings, o => o.AllowedOrigins = [elsewhere.Address.GetLeftPart(UriPartial.Authority)]);
        scene.Client.Tell("publish", "/news", 1);
        await scene.Client.HearsEvents("/news", 1);

        await scene.RestartServer();
        await scene.Client.Hears("handshake true retry");
        await scene.Client.Hears($"connect true {transport}");
        await scene.IsConnected();
        scene.Publish(2);
        await scene.Client.HearsEvents("/news", 2);
    }
}
