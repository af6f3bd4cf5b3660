using System.Net;
using Parley.Server.Accounts;
using Parley.Server.Tests.Rest;

namespace Parley.Server.Tests.Accounts;

public sealed class CrossOriginTests(CrossOriginTests.Server shared) : IClassFixture<CrossOriginTests.Server>
{
    private readonly StartedServer server = shared.Started;

    private Task<HttpResponseMessage> Preflight(string path, string origin) => server.Request("OPTIONS", path)
        .With("Origin", origin)
        .With("Access-Control-Request-Method", "POST")
        .With("Access-Control-Request-Headers", "content-type,authorization,x-csrf-token")
        .Raw();

    [Theory]
    [InlineData("/api/v2/me")]
    [InlineData("/api/v2/notifications/handshake")]
    [InlineData("/me/interactions/x")]
    public async Task A_preflight_of_an_allowed_origin_is_answered_without_sign_in(string path)
    {
        var answer = await Preflight(path, "http://desk.example.org");
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("http://desk.example.org", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(answer, "Access-Control-Allow-Credentials"));
        Assert.Contains("POST", Header(answer, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("X-CSRF-TOKEN", Header(answer, "Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("120", Header(answer, "Access-Control-Max-Age"));
    }

    [Fact]
    public async Task A_foreign_origin_is_not_let_in()
    {
        Assert.Null(Header(await Preflight("/api/v2/me", "http://example.com"), "Access-Control-Allow-Origin"));
        var answer = await server.Get("/api/v2/me").As("agent1:secret1").With("Origin", "http://evil.org").Send();
        Assert.Null(answer.Header("Access-Control-Allow-Origin"));
        var change = await server.Post("/me/interactions/x", "{}").As("agent1:secret1").With("Origin", "http://evil.org").Send();
        Assert.Equal((HttpStatusCode.Forbidden, 3), (change.Http, change.Code));
    }

    [Fact]
    public async Task Answers_refusals_included_name_the_allowed_origin_and_what_scripts_may_read()
    {
        Request[] requests =
            [server.Get("/api/v2/me").As("agent1:secret1"), server.Get("/api/v2/me"), server.Get("/api/v2/none")];
        foreach (var request in requests)
        {
            var answer = await request.With("Origin", "https://desk.example.com:8443").Send();
            Assert.Equal("https://desk.example.com:8443", answer.Header("Access-Control-Allow-Origin"));
            Assert.Equal("X-CSRF-HEADER,X-CSRF-TOKEN", answer.Header("Access-Control-Expose-Headers"));
            Assert.Equal("Origin", answer.Header("Vary"));
        }
    }

    [Fact]
    public async Task A_page_of_a_foreign_origin_opens_no_WebSocket()
    {
        Request Upgrade(string origin) => server.Get("/api/v2/notifications")
            .With("Connection", "Upgrade").With("Upgrade", "websocket").With("Origin", origin);

        Assert.Equal(HttpStatusCode.Forbidden, (await Upgrade("http://evil.org").Send()).Http);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await Upgrade("http://desk.example.org").Raw()).StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, (await Upgrade($"http://{server.Address.Authority}").Raw()).StatusCode);
    }

    [Theory]
    [InlineData("http://*.example.org", "http://a.example.org", true)]
    [InlineData("http://*.example.org", "http://a.b.example.org", true)]
    [InlineData("http://*.example.org", "https://a.example.org", false)]
    [InlineData("http://*.example.org", "http://a.example.org:8080", false)]
    [InlineData("http://*.example.org", "http://example.org.evil.net", false)]
    [InlineData("http://*.example.org", "http://evil.net/a.example.org", false)]
    [InlineData("http://*.example.org", "http://evil.net#.example.org", false)]
    [InlineData("http://*.example.org", "http://evil.net:80.example.org", false)]
    [InlineData("https://desk.example.org:443", "https://DESK.example.org", true)]
    [InlineData("https://desk.example.org", "null", false)]
    public void A_pattern_covers_whole_hosts_of_its_scheme_and_port(string pattern, string origin, bool matches) =>
        Assert.Equal(matches, new OriginPattern(pattern).Matches(origin));

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    public sealed class Server : SharedServer
    {
        protected override Task<StartedServer> Start() => StartedServer.Demo(
            "Parley:CrossOrigin:AllowedOrigins=http://*.example.org, https://desk.example.com:8443");
    }
}
