using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.FileProviders;
using Parley.Bayeux.Tests.Network;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>A server whose clock stands still, a network, and at its far end one client of an npm package.</summary>
public sealed class ClientScene : IAsyncDisposable
{
    private readonly Action<BayeuxOptions> configure;
    private readonly Action<WebApplication> use;
    private readonly string principal;

    private ClientScene(
        TestHost host, ManualTime time, FlakyNetwork network, LibraryClient client, Action<BayeuxOptions> configure,
        Action<WebApplication> use, string principal)
    {
        (Host, Time, Network, Client) = (host, time, network, client);
        (this.configure, this.use, this.principal) = (configure, use, principal);
    }

    public TestHost Host { get; private set; }

    public ManualTime Time { get; }

    public FlakyNetwork Network { get; }

    public LibraryClient Client { get; }

    /// <summary>The client's session, of which it has just one.</summary>
    public BayeuxSession Session => Assert.Single(Host.Server.SessionsOf(principal));

    /// <summary>A client that has not said anything yet, and what stands before the endpoint.</summary>
    public static async Task<ClientScene> Set(
        ClientSettings settings, Action<BayeuxOptions>? configure = null, Upgrades upgrades = Upgrades.Pass,
        Action<WebApplication>? use = null)
    {
        var time = new ManualTime();
        configure = ServeEverything + configure;
        use = ServePages + use;
        var host = await TestHost.Start(time, configure, use: use);
        var network = FlakyNetwork.To(host.Address);
        network.Upgrades = upgrades;
        var client = await LibraryClient.Start(settings with { Url = network.Address });
        return new ClientScene(host, time, network, client, configure, use, settings.Principal);
    }

    /// <summary>A client that is connected and subscribed to <c>/news</c>.</summary>
    public static Task<ClientScene> Open(string client, string transport, bool ack) =>
        Open(ClientSettings.Of(client, transport, ack));

    /// <summary>A client of these settings that is connected and subscribed to <c>/news</c>.</summary>
    public static async Task<ClientScene> Open(
        ClientSettings settings, Action<BayeuxOptions>? configure = null, Action<WebApplication>? use = null)
    {
        var scene = await Set(settings, configure, use: use);
        try
        {
            scene.Client.Tell("subscribe", "/news");
            scene.Client.Tell("handshake");
            await scene.Client.Hears(settings.WantsAck ? "handshake true retry ack" : "handshake true retry");
            await scene.Client.Hears("subscribe true /news");
            await scene.IsConnected();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the client has a session that is subscribed and holds a connect.</summary>
    public Task IsConnected() =>
        Eventually.True(() => Host.Server.SessionsOf(principal).Any(IsReady));

    /// <summary>Another server in the old one's place, which knows nothing of its sessions.</summary>
    /// <remarks>
    /// Only the network's address stays: the old server's port may by now be the local end of any connection on the machine.
    /// </remarks>
    public async Task RestartServer()
    {
        Network.Refuse();
        await Host.DisposeAsync();
        Host = await TestHost.Start(Time, configure, use: use);
        Network.LeadTo(Host.Address);
        Network.Heal();
    }

    public void Publish(object? data) => Host.Publish("/news", data);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Network.DisposeAsync();
        await Host.DisposeAsync();
    }

    /// <summary>Serves the page of <see cref="PageClient"/>, and the packages it loads.</summary>
    public static void ServePages(WebApplication app) =>
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(ClientPackages.Folder),
            RequestPath = "/clients",
        });

    private static void ServeEverything(BayeuxOptions options) =>
        options.ConnectionTypes = ["websocket", "long-polling", "callback-polling"];

    private static bool IsReady(BayeuxSession session) =>
        session.HoldsConnect && session.IsSubscribedTo(ChannelName.Parse("/news"));
}
