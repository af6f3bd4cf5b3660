using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// A customer's page reduced to CometD: GMS Chat v2, over long-polling and without a subscription, as widgets do it. Every push
/// it takes is checked for what their software demands of all of them (K1, K2, K6).
/// </summary>
internal sealed class PushedCustomer : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly string channel;

    private PushedCustomer(Uri server, string service, string prefix, string? apiKey)
    {
        http = new HttpClient { BaseAddress = server, Timeout = Timeout.InfiniteTimeSpan };
        if (apiKey is not null) http.DefaultRequestHeaders.Add("apikey", apiKey);
        channel = $"/service/chatV2/{service}";
        Listener = new BayeuxListener(http, $"/{prefix}/cometd");
    }

    public BayeuxListener Listener { get; }

    public string Channel => channel;

    /// <summary>The push that brought the keys.</summary>
    public JsonObject Keys { get; private set; } = [];

    public string ChatId => Keys["chatId"]!.GetValue<string>();

    public string SecureKey => Keys["secureKey"]!.GetValue<string>();

    /// <summary>A page that has shaken hands and polls.</summary>
    public static async Task<PushedCustomer> Open(
        Uri server, string service = "customer-support", string prefix = "genesys", string? apiKey = null)
    {
        var page = new PushedCustomer(server, service, prefix, apiKey);
        await page.Listener.Start();
        return page;
    }

    /// <summary>A page whose customer has asked for a chat and got it.</summary>
    public static async Task<PushedCustomer> Ask(
        Uri server, string nickname, string service = "customer-support", string more = "")
    {
        var page = await Open(server, service);
        await page.Publish("requestChat", $$""","nickname":"{{nickname}}"{{more}}""");
        page.Keys = await page.Next("the keys");
        return page;
    }

    /// <summary>Another page of the same customer.</summary>
    public async Task<PushedCustomer> OpenAnother(Uri? server = null)
    {
        var other = new PushedCustomer(server ?? http.BaseAddress!, channel.Split('/')[^1], "genesys", null) { Keys = Keys };
        await other.Listener.Start();
        return other;
    }

    /// <summary>Publishes an operation with the keys, if there are any, and further members; it must be acknowledged.</summary>
    public async Task Publish(string operation, string more = "")
    {
        var keys = Keys.Count == 0 ? "" : $$""","chatId":"{{ChatId}}","secureKey":"{{SecureKey}}","userId":"stale","alias":"" """;
        await PublishRaw($$"""{"operation":"{{operation}}"{{keys}}{{more}}}""");
    }

    public async Task PublishRaw(string data)
    {
        var reply = await Listener.Send(new JsonObject { ["channel"] = channel, ["data"] = JsonNode.Parse(data) });
        Assert.True(reply["successful"]?.GetValue<bool>() == true, reply.ToJsonString());
        Assert.Null(reply["data"]);
    }

    /// <summary>Sends the key that services may demand no more.</summary>
    public void ForgetApiKey() => http.DefaultRequestHeaders.Remove("apikey");

    /// <summary>Asks for what happens from a position on; answers the first push.</summary>
    public async Task<JsonObject> Listen(string position = "1")
    {
        await Publish("requestNotifications", $$""","transcriptPosition":{{position}},"message":"" """);
        return await Next("the answer to requestNotifications");
    }

    /// <summary>The next push.</summary>
    public async Task<JsonObject> Next(string waitingFor = "a push")
    {
        var push = await Listener.Inbox.Next(channel, waitingFor);
        var seen = push.ToJsonString();
        Assert.True(push["statusCode"] is JsonValue number && number.TryGetValue<int>(out _), seen);
        Assert.True(push["chatEnded"] is JsonValue ended && ended.TryGetValue<bool>(out _), seen);
        Assert.True(push["messages"] is JsonArray, seen);
        Assert.True(push["errors"] is null or JsonArray { Count: > 0 }, seen);
        if (push["statusCode"]!.GetValue<int>() == 0)
        {
            foreach (var name in (string[])["chatId", "secureKey", "userId", "alias", "nextPosition"]) Assert.NotNull(push[name]);
        }
        return push;
    }

    /// <summary>The messages of the next pushes until there is one of this type, which is the last of them.</summary>
    public async Task<List<JsonObject>> HearUntil(string type)
    {
        var heard = new List<JsonObject>();
        while (heard.Count == 0 || heard[^1]["type"]!.GetValue<string>() != type)
            heard.AddRange((await Next($"a {type}"))["messages"]!.AsArray().Select(m => m!.AsObject()));
        return heard;
    }

    /// <summary>The next push, which must be an error: its status, whether the chat has ended, and the error's code.</summary>
    public async Task<(int Status, bool Ended, int Code)> NextError()
    {
        var push = await Next("an error");
        Assert.Empty(push["messages"]!.AsArray());
        var error = Assert.Single(push["errors"]!.AsArray())!;
        Assert.Equal(error["message"]!.GetValue<string>(), error["text"]!.GetValue<string>());
        return (push["statusCode"]!.GetValue<int>(), push["chatEnded"]!.GetValue<bool>(), error["code"]!.GetValue<int>());
    }

    /// <summary>Fails if there is a push that was not taken: whatever was pushed comes before the answer to a refresh.</summary>
    public async Task HearsNothingMore()
    {
        await Publish("refresh", ",\"transcriptPosition\":4711");
        Assert.Equal(4711, (await Next())["nextPosition"]!.GetValue<int>());
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        http.Dispose();
    }
}
