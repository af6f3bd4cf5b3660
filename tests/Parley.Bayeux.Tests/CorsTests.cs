using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>Whose pages may use the endpoint, and what their browsers are told.</summary>
[Area("CometD JavaScript", "Cross-origin")]
[Area("Own tests on top", "origin checks on HTTP and WebSocket")]
public sealed class CorsTests
{
    private const string Desk = "https://desk.example";

    [Theory]
    [InlineData("")]
    [InlineData("/handshake")]
    [Area("Faye", "node adapter")]
    public async Task A_page_of_an_allowed_origin_may_read_its_answers_and_send_credentials(string suffix)
    {
        await using var host = await TestHost.Start(configure: o => o.AllowedOrigins = ["https://other.example", Desk]);
        using var response = await Post(host, Desk, suffix);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Desk, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Header(response, "Vary"));
    }

    [Fact]
    [Area("Faye", "node adapter")]
    public async Task Its_browser_is_told_what_it_may_send()
    {
        await using var host = await TestHost.Start(configure: o => (o.AllowedOrigins, o.AllowedHeaders) = ([Desk], ["x-csrf"]));
        using var response = await Preflight(host, Desk);

        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal(Desk, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
        Assert.Equal("POST, GET, OPTIONS", Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("content-type, authorization, x-csrf", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("7200", Header(response, "Access-Control-Max-Age"));
        Assert.Equal("Origin", Header(response, "Vary"));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://desk.example")]
    [InlineData("https://desk.example:8443")]
    [InlineData("https://desk.example.evil.example")]
    [InlineData("https://Desk.example")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("")]
    public async Task A_foreign_page_gets_403_on_every_way_in_and_nothing_to_read(string origin)
    {
        await using var host = await TestHost.Start(configure: o => o.AllowedOrigins = [Desk]);
        foreach (var ask in new[] { Post, Preflight })
        {
            using var response = await ask(host, origin, "");
            Assert.Equal(403, (int)response.StatusCode);
            Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.Connect(host, null, ("Origin", origin)));
        Assert.Contains("403", refused.Message);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    public async Task Pages_of_allowed_origins_may_open_WebSockets()
    {
        await using var host = await TestHost.Start(configure: o => o.AllowedOrigins = [Desk]);
        using var socket = await RawSocket.Connect(host, null, ("Origin", Desk));
        Assert.True((bool?)(await socket.Handshake())["successful"]);
    }

    [Theory]
    [InlineData("chat.example", "http://chat.example", 200)]
    [InlineData("chat.example", "https://chat.example", 200)] // a proxy ended TLS
    [InlineData("Chat.example", "https://chat.example", 200)]
    [InlineData("chat.example:443", "https://chat.example", 200)]
    [InlineData("chat.example:8443", "https://chat.example:8443", 200)]
    [InlineData("[::1]:8080", "http://[::1]:8080", 200)]
    [InlineData("chat.example", "https://chat.example:8443", 403)]
    [InlineData("chat.example:8443", "https://chat.example", 403)]
    [InlineData("chat.example", "ftp://chat.example", 403)]
    [InlineData("chat.example", "http://www.chat.example", 403)]
    public async Task The_servers_own_pages_are_those_of_the_host_and_port_they_call(string called, string origin, int status)
    {
        await using var host = await TestHost.Start();
        using var response = await Post(host, origin, "", called);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task An_http_page_is_foreign_to_a_server_with_TLS()
    {
        await using var host = await TestHost.Start(build: builder => Tls.Listen(builder, HttpProtocols.Http1));
        using var http = new HttpClient(Tls.Trusting());
        using var insecure = await Post(host, $"http://{host.Address.Authority}", "", null, http);
        Assert.Equal(403, (int)insecure.StatusCode);
        using var secure = await Post(host, $"https://{host.Address.Authority}", "", null, http);
        Assert.Equal(200, (int)secure.StatusCode);
    }

    [Fact]
    public async Task A_host_with_a_rule_and_a_CORS_policy_of_its_own_keeps_both()
    {
        await using var host = await TestHost.Start(
            configure: o => o.AllowOrigin = (http, origin) => http.Request.Path == "/bayeux" && origin == Desk,
            build: builder => builder.Services.AddCors(cors =>
                cors.AddDefaultPolicy(policy => policy.WithOrigins(Desk).WithMethods("POST").WithHeaders("x-own"))),
            use: app => app.UseCors());

        using var response = await Post(host, Desk);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Desk, Header(response, "Access-Control-Allow-Origin"));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
        using var preflight = await Preflight(host, Desk);
        Assert.Equal("x-own", Header(preflight, "Access-Control-Allow-Headers"));
        using var foreign = await Post(host, "https://evil.example");
        Assert.Equal(403, (int)foreign.StatusCode);
    }

    [Fact]
    public async Task Allowed_origins_work_beside_a_CORS_policy_of_the_host()
    {
        await using var host = await TestHost.Start(
            configure: o => o.AllowedOrigins = [Desk],
            build: builder => builder.Services.AddCors(cors =>
                cors.AddDefaultPolicy(policy => policy.WithOrigins(Desk).AllowCredentials())),
            use: app => app.UseCors());
        using var response = await Post(host, Desk);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Desk, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(response, "Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task The_browser_cookie_can_be_made_for_pages_of_other_sites()
    {
        await using var host = await TestHost.Start(
            configure: o =>
            {
                o.AllowedOrigins = [Desk];
                (o.BrowserCookie.SameSite, o.BrowserCookie.SecurePolicy) = (SameSiteMode.None, CookieSecurePolicy.Always);
                o.BrowserCookie.Extensions.Add("Partitioned");
            });
        using var response = await Post(host, Desk);
        var attributes = Header(response, "Set-Cookie").Split("; ").Skip(1);
        Assert.Equal(["Partitioned", "httponly", "path=/", "samesite=none", "secure"], attributes.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("https://desk.example/")]
    [InlineData("https://desk.example:443")]
    [InlineData("https://Desk.example")]
    [InlineData("https://me@desk.example")]
    [InlineData("https://*.example")]
    [InlineData("desk.example")]
    [InlineData("null")]
    [InlineData("*")]
    [InlineData("file://")]
    public void What_no_browser_sends_as_an_origin_is_refused_at_start(string origin)
    {
        var wrong = Assert.Single(new BayeuxOptions { AllowedOrigins = [Desk, origin] }.Validate());
        Assert.Contains($"'{origin}' is not an origin", wrong, StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Post(TestHost host, string origin, string suffix = "") =>
        Post(host, origin, suffix, null);

    private static Task<HttpResponseMessage> Post(
        TestHost host, string origin, string suffix, string? called, HttpClient? http = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, host.Address + suffix)
        {
            Content = new StringContent("""[{"channel":"/meta/handshake"}]""", Encoding.UTF8, "application/json"),
            Headers = { Host = called },
        };
        request.Headers.TryAddWithoutValidation("Origin", origin);
        return (http ?? host.Http).SendAsync(request);
    }

    private static Task<HttpResponseMessage> Preflight(TestHost host, string origin, string suffix = "/connect")
    {
        var request = new HttpRequestMessage(HttpMethod.Options, host.Address + suffix);
        request.Headers.TryAddWithoutValidation("Origin", origin);
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Method", "POST");
        request.Headers.TryAddWithoutValidation("Access-Control-Request-Headers", "content-type");
        return host.Http.SendAsync(request);
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
