using System.Net;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>Widgets live on other sites' pages: what browsers must be told so that those, and only those, get in.</summary>
public sealed class CustomerOriginTests
{
    private const string Availability = "/genesys/2/chat/customer-support/availability";

    /// <summary>The addresses where chats begin, and one where a page asks whether they can.</summary>
    public static TheoryData<string> Doors => ["/genesys/2/chat/customer-support", "/api/v2/chats", Availability];

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task A_page_of_an_allowed_origin_may_open_a_chat(string door)
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=https://*.example.org");
        using var preflight = await Ask(server, door, HttpMethod.Options, "https://shop.example.org");

        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal(["https://shop.example.org"], preflight.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], preflight.Headers.GetValues("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task With_an_asterisk_every_page_may_open_a_chat_without_cookies(string door)
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=*");
        using var answer = await Ask(server, door, HttpMethod.Post, "https://anywhere.example.net");

        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Other_pages_are_told_nothing_that_lets_them_in(string door)
    {
        await using var server = await RunningServer.Start();
        using var answer = await Ask(server, door, HttpMethod.Post, "https://shop.example.org");

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_customers_page_that_polls_may_read_what_it_is_answered()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=https://shop.example.org");
        using var customer = await GwsClient.Ask(server.Address);
        using var poll = await Ask(
            server, $"{GwsClient.Root}/{customer.Id}/messages", HttpMethod.Get, "https://shop.example.org");

        Assert.Equal(["https://shop.example.org"], poll.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> Ask(
        RunningServer server, string door, HttpMethod method, string origin)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, door)
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" } },
        };
        return await http.SendAsync(request);
    }
}
