using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Customers;

/// <summary>The CometD endpoint of customers as browsers meet it: cookie, origins, advice, prefixes, who is kept out.</summary>
public sealed class GmsCometdBrowserTests
{
    private const string Handshake =
        """[{"channel":"/meta/handshake","id":"1","version":"1.0","supportedConnectionTypes":["long-polling"]}]""";

    [Theory]
    [InlineData("http", "path=/; httponly")]
    [InlineData("https", "path=/; secure; samesite=none; httponly; Partitioned")]
    public async Task The_cookie_works_on_pages_of_other_sites_where_there_is_TLS(string scheme, string attributes)
    {
        await using var server = await RunningServer.Start(null, "--Parley:Rest:TrustForwardedHeaders=true");
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
        using var answer = await Post(http, Handshake);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Matches("^BAYEUX_BROWSER=[0-9a-f]{32}; " + attributes + "$", cookie);
    }

    [Fact]
    public async Task The_handshake_advises_what_clients_of_GMS_expect()
    {
        await using var server = await RunningServer.Start();
        using var http = new HttpClient { BaseAddress = server.Address };
        var reply = await Read(await Post(http, Handshake, "/handshake"));

        JsonPattern.Parse(
            """
            {"successful":true,"supportedConnectionTypes":["websocket","long-polling"],
             "advice":{"reconnect":"retry","interval":0,"timeout":30000,"maxInterval":15000},…}
            """).Check(reply, "handshake");
    }

    [Fact]
    public async Task A_browser_that_keeps_the_cookie_back_is_served_and_another_browser_is_not()
    {
        await using var server = await RunningServer.Start();
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        var publish = $$$"""
            [{"channel":"{{{ada.Channel}}}","id":"9","clientId":"{{{ada.Listener.ClientId}}}",
              "data":{"operation":"sendMessage","secureKey":"{{{ada.SecureKey}}}","message":"x"}}]
            """;

        Assert.True((await Read(await Post(http, publish)))["successful"]!.GetValue<bool>());
        http.DefaultRequestHeaders.Add("Cookie", "BAYEUX_BROWSER=0123456789abcdef0123456789abcdef");
        Assert.Equal("402::Unknown client", $"{(await Read(await Post(http, publish)))["error"]}");
    }

    [Theory]
    [InlineData("https://shop.example.org", true)]
    [InlineData("own", true)]
    [InlineData(null, true)]
    [InlineData("https://evil.example.net", false)]
    public async Task Pages_of_other_origins_get_in_by_no_transport(string? origin, bool isLetIn)
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:AllowedOrigins=https://*.example.org");
        if (origin == "own") origin = server.Address.GetLeftPart(UriPartial.Authority);
        using var http = new HttpClient { BaseAddress = server.Address };
        if (origin is not null) http.DefaultRequestHeaders.Add("Origin", origin);
        using var answer = await Post(http, Handshake);
        Assert.Equal(isLetIn ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);

        using var socket = new ClientWebSocket();
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        var open = socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/genesys/cometd"), CancellationToken.None);
        if (isLetIn) await open;
        else await Assert.ThrowsAsync<WebSocketException>(() => open);
    }

    [Fact]
    public async Task Agents_and_customers_have_no_channels_in_common()
    {
        await using var server = await RunningServer.Start();
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        foreach (var topic in (string[])["/v2/me/chats", "/**", "/service/**", "/meta/**"])
        {
            var reply = await ada.Listener.Send(new JsonObject { ["channel"] = "/meta/subscribe", ["subscription"] = topic });
            Assert.Equal(topic == "/service/**", reply["successful"]!.GetValue<bool>());
        }
        foreach (var channel in (string[])["/v2/me/chats", "/service/other", "/service/chatV2", "/service/chatV2/a/b", "/a"])
        {
            var reply = await ada.Listener.Send(new JsonObject { ["channel"] = channel, ["data"] = new JsonObject() });
            Assert.StartsWith("403:", $"{reply["error"]}", StringComparison.Ordinal);
        }

        await using var bob = server.Agent(1);
        await bob.SignIn();
        var refused = await bob.Listener.Send(new JsonObject
        {
            ["channel"] = ada.Channel, ["data"] = new JsonObject { ["operation"] = "requestChat", ["nickname"] = "Bob" },
        });
        Assert.StartsWith("403:", $"{refused["error"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_prefixes_are_served_alike_and_lead_into_the_same_chats()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Customers:Prefixes=genesys,chat-key");
        using var polled = await server.Customer("Ada");
        using var http = new HttpClient { BaseAddress = server.Address };
        (await DoorAnswer.Post(
            http, $"/chat-key/2/chat/customer-support/{polled.ChatId}/send",
            [KeyValuePair.Create("secureKey", polled.SecureKey), KeyValuePair.Create("message", "by the other")])).Succeeded();

        await using var page = await PushedCustomer.Open(server.Address, prefix: "chat-key");
        await page.PublishRaw($$"""{"operation":"requestNotifications","secureKey":"{{polled.SecureKey}}"}""");
        Assert.Equal("by the other", $"{(await page.Next())["messages"]![1]!["text"]}");
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync("/other/2/chat/customer-support", null)).StatusCode);
    }

    [Fact]
    public async Task Sessions_wrong_keys_and_requests_are_limited()
    {
        await using var server = await RunningServer.Start(
            null, "--Parley:GmsCometd:BatchMs=0", "--Parley:GmsCometd:MaxSessions=2", "--Parley:Customers:WrongKeysPerMinute=2",
            "--Parley:Customers:RequestsPerMinute=3", "--Parley:Customers:CreatesPerMinute=1");
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        await using var eve = await PushedCustomer.Open(server.Address);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("429::too_many_sessions", $"{(await Read(await Post(http, Handshake)))["error"]}");

        await eve.Publish("requestChat", ",\"nickname\":\"Eve\"");
        Assert.Equal((2, true, 240), await eve.NextError());
        for (var i = 0; i < 3; i++)
        {
            await eve.PublishRaw($$"""{"operation":"refresh","chatId":"{{ada.ChatId}}","secureKey":"{{new string('0', 32)}}"}""");
            Assert.Equal(i < 2 ? (2, true, 404) : (1, false, 503), await eve.NextError());
        }
        for (var i = 0; i < 4; i++) await ada.Publish("refresh", ",\"transcriptPosition\":0");
        for (var i = 0; i < 3; i++) Assert.Equal(0, (await ada.Next())["statusCode"]!.GetValue<int>());
        Assert.Equal((1, false, 503), await ada.NextError());
    }

    [Fact]
    public async Task Whoever_does_not_read_loses_the_session_and_finds_everything_in_the_next()
    {
        await using var server = await RunningServer.Start(null, "--Parley:GmsCometd:MaxQueue=10");
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada", more: ",\"text\":\"one\"");
        using var http = new HttpClient { BaseAddress = server.Address };
        await using var deaf = new BayeuxListener(http, "/genesys/cometd");
        await deaf.Handshake();

        var replies = new List<JsonObject>();
        do
        {
            replies.Add(await deaf.Send(new JsonObject
            {
                ["channel"] = ada.Channel,
                ["data"] = new JsonObject { ["operation"] = "requestNotifications", ["secureKey"] = ada.SecureKey },
            }));
        }
        while (replies[^1]["successful"]!.GetValue<bool>() && replies.Count < 20);

        Assert.Equal(11, replies.Count);
        Assert.Equal("402::Unknown client", $"{replies[^1]["error"]}");
        await using var back = await ada.OpenAnother();
        Assert.Equal(3, (await back.Listen("0"))["nextPosition"]!.GetValue<int>());
    }

    private static Task<HttpResponseMessage> Post(HttpClient http, string json, string suffix = "") =>
        http.PostAsync("/genesys/cometd" + suffix, new StringContent(json, System.Text.Encoding.UTF8, "application/json"));

    private static async Task<JsonNode> Read(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())![0]!;
}
