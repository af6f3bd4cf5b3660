using Microsoft.Extensions.DependencyInjection;
using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>Several endpoints in one application, and several paths to one.</summary>
[Area("CometD WebSocket", "URL mappings")]
public sealed class EndpointTests
{
    [Fact]
    public async Task Endpoints_of_different_names_have_sessions_options_and_policies_of_their_own()
    {
        await using var host = await TestHost.Start(
            build: b =>
            {
                b.Services.AddKeyedSingleton<IBayeuxPolicy>("desk", new OpenPolicy { DeniesHandshakes = false });
                b.Services.AddBayeux("desk", o => o.Timeout = TimeSpan.FromSeconds(7));
                b.Services.AddBayeux("closed"); // without a policy of its own
            },
            use: app =>
            {
                app.MapBayeux("/desk", "desk");
                app.MapBayeux("/closed", "closed");
            });
        var desk = host.Service<BayeuxServer>("desk");
        Assert.Equal(("", "desk"), (host.Server.Name, desk.Name));
        host.Policy.DeniesHandshakes = true;

        Assert.Equal("403::handshake_denied", (string?)(await At(host, "/bayeux").Handshake())["error"]);
        Assert.Equal("403::handshake_denied", (string?)(await At(host, "/closed").Handshake())["error"]);
        var client = At(host, "/desk");
        Assert.Equal(7000, (int?)(await client.Handshake())["advice"]!["timeout"]);
        await client.Subscribe("/a");
        await client.Connect();
        Assert.Equal((0, 1), (host.Server.SessionCount, desk.SessionCount));

        host.Publish("/a", 1);
        desk.Publish(TestHost.Event("/a", 2));
        Assert.Equal([2, null], (await client.Connect()).Select(m => (int?)m!["data"]));
        var stranger = At(host, "/bayeux");
        stranger.Adopt(client.ClientId);
        Assert.Equal("402::session_unknown", (string?)(await stranger.Connect())[0]!["error"]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/other")]
    [InlineData("/other/deep/")]
    public async Task A_server_is_reached_by_several_paths_the_root_among_them(string path)
    {
        await using var host = await TestHost.Start(use: app => app.MapBayeux(path));
        var client = await At(host, path).Open("/a");
        Assert.Equal(1, host.Server.SessionCount);
        var same = new Polling(host.Http);
        same.Adopt(client.ClientId);
        Assert.Single(await same.Connect(",\"advice\":{\"timeout\":0}"));
        foreach (var suffix in new[] { "connect", "/handshake" })
        {
            var deeper = At(host, path.TrimEnd('/') + "/" + suffix.TrimStart('/'));
            deeper.Adopt(client.ClientId);
            Assert.Single(await deeper.Connect(",\"advice\":{\"timeout\":0}"));
        }
        using var socket = await RawSocket.Connect(new UriBuilder(host.WebSocketAddress) { Path = path }.Uri);
        await socket.Handshake();
        Assert.Equal(2, host.Server.SessionCount);
    }

    [Fact]
    public void Wrong_options_are_named_all_at_once()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddBayeux("x", o => (o.MaxQueue, o.MaxSessions, o.MaxProcessing, o.MaxLazyTimeout) =
            (0, 0, TimeSpan.Zero, TimeSpan.FromTicks(-1)));
        using var provider = services.BuildServiceProvider();
        var wrong = Assert.Throws<ArgumentException>(() => provider.GetRequiredKeyedService<BayeuxServer>("x"));
        foreach (var name in new[] { "MaxQueue ", "MaxSessions ", "MaxProcessing ", "MaxLazyTimeout " })
            Assert.Contains(name, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_is_registered_once()
    {
        var services = new ServiceCollection().AddBayeux().AddBayeux("x").AddBayeux("y");
        var second = Assert.Throws<InvalidOperationException>(() => services.AddBayeux(o => o.MaxQueue = 1));
        Assert.Contains("give the second one a name", second.Message, StringComparison.Ordinal);
        var same = Assert.Throws<InvalidOperationException>(() => services.AddBayeux("x"));
        Assert.Contains("'x'", same.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_is_of_no_use_to_another_server()
    {
        await using var host = await TestHost.Start(build: b => b.Services.AddBayeux("other"));
        var other = host.Service<BayeuxServer>("other");
        var client = await new Polling(host.Http).Open("/a");
        var (session, evt) = (host.Session, TestHost.Event("/a", 1));
        Assert.Throws<ArgumentException>(() => other.Deliver(session, evt));
        Assert.Throws<ArgumentException>(() => other.PublishTo([session], evt));
        Assert.Throws<ArgumentException>(() => other.Disconnect(session));
        Assert.True(session.IsLive);
        Assert.Single(await client.Connect(",\"advice\":{\"timeout\":0}"));
    }

    private static Polling At(TestHost host, string path)
    {
        var http = host.NewHttp();
        http.BaseAddress = new UriBuilder(host.Address) { Path = path }.Uri;
        return new Polling(http);
    }
}
