using System.Net;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>Widgets live on other sites' pages: what browsers must be told so that those, and only those, get in.</summary>
public sealed class CustomerOriginTests
{
    private const string Door = "/genesys/2/chat/customer-support";

    [Fact]
    public async Task A_page_of_an_allowed_origin_may_open_a_chat()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=https://*.example.org");
        using var preflight = await Ask(server, HttpMethod.Options, "https://shop.example.org");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(["https://shop.example.org"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], preflight.Headers.GetValues("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task With_an_asterisk_every_page_may_open_a_chat_without_cookies()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=*");
        using var answer = await Ask(server, HttpMethod.Post, "https://anywhere.example.net");

        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task Other_pages_are_told_nothing_that_lets_them_in()
    {
        await using var server = await RunningServer.Start();
        using var answer = await Ask(server, HttpMethod.Post, "https://shop.example.org");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> Ask(RunningServer server, HttpMethod method, string origin)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, Door)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } },
        };
        return await http.SendAsync(request);
    }
}
