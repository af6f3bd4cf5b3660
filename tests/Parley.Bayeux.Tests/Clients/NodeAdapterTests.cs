using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Parley.Bayeux.Tests.Network;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Clients;

/// <summary>What CometD's adapter for Node adds to its client: cookies, TLS and proxies.</summary>
public sealed class NodeAdapterTests
{
    private const string ProxyArea = "… https, proxy (with include/exclude lists and authentication)";

    [Fact]
    [Area("CometD Node", "… cookies")]
    public async Task The_browser_cookie_is_kept_beside_those_of_the_host_and_shown_to_no_other_host()
    {
        var (shown, shownElsewhere) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await using var host = await TestHost.Start(new ManualTime(), use: app => SetCookies(app, shown));
        await using var elsewhere = await TestHost.Start(new ManualTime(), use: app => SetCookies(app, shownElsewhere));
        await using var client = await LibraryClient.Start(LongPolling with { Url = host.Address });
        await Converses(client, host);
        var browser = "BAYEUX_BROWSER=" + host.Session.Owner.Browser;
        Assert.Equal("", shown.First());
        Assert.All(shown.Skip(1), cookies => Assert.Matches($"^app=[0-9]+; fixed=1; {browser}$", cookies));
        Assert.True(shown.Distinct().Count() > 2, "one cookie was replaced by each answer");
        client.Tell("disconnect");
        await client.Hears("disconnect true");

        client.Tell("url", new UriBuilder(elsewhere.Address) { Host = "localhost" }.Uri);
        await Converses(client, elsewhere);
        Assert.Equal("", shownElsewhere.First());
        Assert.NotEqual(browser, "BAYEUX_BROWSER=" + elsewhere.Session.Owner.Browser);
        client.Tell("disconnect");
        await client.Hears("disconnect true");

        client.Tell("url", host.Address);
        await Converses(client, host);
        Assert.Equal(browser, "BAYEUX_BROWSER=" + host.Session.Owner.Browser);
    }

    [Theory]
    [Area("CometD Node", ProxyArea)]
    [InlineData("websocket")]
    [InlineData("long-polling")]
    public async Task A_client_converses_over_TLS(string transport)
    {
        await using var host = await OverTls();
        await using var client = await LibraryClient.Start(
            LongPolling with { Url = host.Address, Transports = [transport], TrustedCertificate = Tls.CertificateFile() });
        await Converses(client, host);
    }

    [Theory]
    [Area("CometD Node", ProxyArea)]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, "ada:secret")]
    [InlineData(true, "ada:secret")]
    public async Task A_client_converses_through_a_proxy(bool tls, string? credentials)
    {
        await using var host = tls ? await OverTls() : await TestHost.Start(new ManualTime());
        await using var proxy = new ForwardProxy(credentials);
        var settings = LongPolling with { Url = host.Address, TrustedCertificate = tls ? Tls.CertificateFile() : null };
        await using var client = await LibraryClient.Start(settings with { HttpProxy = new(proxy.AddressFor(credentials)) });
        await Converses(client, host);
        var asked = tls ? "CONNECT 127" : "POST http://127";
        Assert.NotEmpty(proxy.Requests);
        Assert.All(proxy.Requests, line => Assert.StartsWith(asked, line, StringComparison.Ordinal));

        await using var stranger = await LibraryClient.Start(settings with { HttpProxy = new(proxy.AddressFor("ada:wrong")) });
        stranger.Tell("handshake");
        await stranger.Hears(credentials is null ? "handshake true" : "handshake false");
    }

    [Theory]
    [Area("CometD Node", ProxyArea)]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("example.org", null, false)]
    [InlineData(null, "127.0.0.1", false)]
    [InlineData(null, "example.org", true)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    public async Task A_proxy_is_used_for_hosts_that_are_included_and_not_excluded(string? include, string? exclude, bool used)
    {
        await using var host = await TestHost.Start(new ManualTime());
        await using var proxy = new ForwardProxy(credentials: null);
        await using var client = await LibraryClient.Start(LongPolling with
        {
            Url = host.Address,
            HttpProxy = new(proxy.AddressFor(null), include is null ? null : [include], exclude is null ? null : [exclude]),
        });
        await Converses(client, host);
        Assert.Equal(used, !proxy.Requests.IsEmpty);
    }

    private static ClientSettings LongPolling => ClientSettings.Of(ClientMatrix.NewestClient, "long-polling");

    private static Task<TestHost> OverTls() =>
        TestHost.Start(new ManualTime(), build: builder => Tls.Listen(builder, HttpProtocols.Http1));

    private static async Task Converses(LibraryClient client, TestHost host)
    {
        client.Tell("subscribe", "/news");
        client.Tell("handshake");
        await client.Hears("subscribe true /news");
        host.Publish("/news", 1);
        await client.HearsEvents("/news", 1);
        client.Tell("publish", "/news", 2);
        await client.HearsEvents("/news", 2);
        client.Tell("unsubscribe", "/news");
        await client.Hears("unsubscribe true /news");
    }

    // One cookie that each answer replaces, and one that stays.
    private static void SetCookies(WebApplication app, ConcurrentQueue<string> shown) => app.Use((context, next) =>
    {
        shown.Enqueue(context.Request.Headers.Cookie.ToString());
        context.Response.Cookies.Append("app", $"{shown.Count}");
        if (shown.Count == 1) context.Response.Cookies.Append("fixed", "1");
        return next();
    });
}
