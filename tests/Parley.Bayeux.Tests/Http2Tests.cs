using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>One connection for everything a browser does, with TLS and without.</summary>
public sealed class Http2Tests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Long_polls_of_all_tabs_wait_on_one_connection(bool tls)
    {
        await using var host = await Start(tls);
        using var http = NewHttp(host);
        var tabs = new List<Polling>();
        for (var i = 0; i < 20; i++) tabs.Add(await new Polling(http).Open("/a"));
        var polls = tabs.ConvertAll(tab => tab.Connect());
        await Eventually.True(() => Sessions(host).All(session => session.HoldsConnect));

        host.Publish("/a", 1);
        foreach (var answer in await Task.WhenAll(polls))
            Assert.Equal(["/a", "/meta/connect"], answer.Select(m => (string?)m!["channel"]));
        Assert.Single(Sessions(host).Select(session => session.Owner.Browser).Distinct());
    }

    [Fact]
    public async Task How_many_polls_of_one_browser_wait_may_be_limited()
    {
        await using var host = await Start(tls: false, o => o.Http2MaxSessionsPerBrowser = 1);
        using var http = NewHttp(host);
        var held = (await new Polling(http).Open()).Connect();
        await Eventually.True(() => Sessions(host).Any(session => session.HoldsConnect));

        var other = await new Polling(http).Open();
        Assert.True((bool?)(await other.Connect())[0]!["advice"]!["multiple-clients"]);
        Assert.False(held.IsCompleted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_poll_given_up_is_dropped_while_the_others_on_its_connection_wait_on(bool tls)
    {
        await using var host = await Start(tls);
        using var http = NewHttp(host);
        var patient = await new Polling(http).Open("/a");
        var patience = patient.Connect();
        var hasty = await new Polling(http).Open("/a");
        var session = Sessions(host).Single(s => s.Id == hasty.ClientId);

        using var impatience = new CancellationTokenSource();
        using var content = new StringContent($"[{hasty.Message("/meta/connect")}]");
        var given = http.PostAsync(host.Address, content, impatience.Token);
        await Eventually.True(() => Sessions(host).All(s => s.HoldsConnect));
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Eventually.True(() => session.IsExpiring);

        Assert.False(patience.IsCompleted);
        host.Publish("/a", 1);
        Assert.Equal(2, (await patience).Count);
        Assert.Equal(2, (await hasty.Connect()).Count);
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WebSockets_open_by_extended_CONNECT(bool tls)
    {
        await using var host = await Start(tls);
        using var http = new HttpMessageInvoker(Tls.Trusting());
        using var socket = await RawSocket.Connect(host, ByHttp2, http);
        await socket.Handshake();
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        await socket.Ask("/meta/connect");
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        await Eventually.True(() => Sessions(host).Single().HoldsConnect);

        host.Publish("/a", 1);
        Assert.Equal("""[{"channel":"/a","data":1}]""", await socket.ReceiveText());
        host.Server.Disconnect(Sessions(host).Single());
        Assert.Equal(["/meta/disconnect", "/meta/connect"], (await socket.Receive()).Select(m => (string?)m!["channel"]));
    }

    [Fact]
    public async Task A_stream_that_is_reset_costs_the_WebSocket_and_not_its_session()
    {
        await using var host = await Start(tls: false);
        using var http = new HttpMessageInvoker(Tls.Trusting());
        using var socket = await RawSocket.Connect(host, ByHttp2, http);
        await socket.Handshake();
        await socket.Ask("/meta/connect");
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        var session = Sessions(host).Single();
        await Eventually.True(() => session.HoldsConnect);

        socket.Abort();
        await Eventually.True(() => session.IsDetached && session.IsExpiring);
        Assert.False(session.HoldsConnect);
        Assert.True(session.IsLive);
        Assert.Empty(host.Errors);
    }

    private static Task<TestHost> Start(bool tls, Action<BayeuxOptions>? configure = null) =>
        TestHost.Start(new ManualTime(), configure, build: builder =>
        {
            if (tls) Tls.Listen(builder, HttpProtocols.Http1AndHttp2);
            else builder.WebHost.ConfigureKestrel(k => k.ConfigureEndpointDefaults(at => at.Protocols = HttpProtocols.Http2));
        });

    private static void ByHttp2(ClientWebSocketOptions options) =>
        (options.HttpVersion, options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);

    private static IReadOnlyCollection<BayeuxSession> Sessions(TestHost host) => host.Server.SessionsOf("anonymous");

    private static HttpClient NewHttp(TestHost host) =>
        new(new OnlyHttp2 { InnerHandler = Tls.Trusting() }) { BaseAddress = host.Address, Timeout = TestHost.Patience };

    private sealed class OnlyHttp2 : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (request.Version, request.VersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
            var response = await base.SendAsync(request, cancellationToken);
            Assert.Equal(HttpVersion.Version20, response.Version);
            return response;
        }
    }
}
