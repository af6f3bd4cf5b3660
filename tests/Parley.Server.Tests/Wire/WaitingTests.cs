using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>What the server says to who begins a chat and waits, and to who asks before beginning one. It is a Friday.</summary>
public sealed class WaitingTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private StartedServer server = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartedServer.Start(
            $$"""
            {
              "name": "Test",
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ],
              "queues": [ { "name": "Support", "agents": [ "ana" ] }, { "name": "Billing" } ],
              "services": [
                { "name": "greets", "queue": "Billing", "greeting": "Welcome!" },
                {
                  "name": "tells", "queue": "Support", "announcePosition": true,
                  "positionText": "Number {position}", "positionAndWaitText": "Number {position}, {wait} min"
                },
                { "name": "silent", "queue": "Support" },
                {
                  "name": "sundays", "queue": "Billing",
                  "hours": { "times": [ { "days": [ "Sunday" ], "from": "08:00", "to": "20:00" } ] }
                },
                { "name": "keyed", "queue": "Billing", "apiKeys": [ "a-long-enough-key" ] }
              ]
            }
            """,
            builder => builder.Services.AddSingleton<TimeProvider>(clock),
            "Parley:Customers:SilenceTimeoutMs=1728000000", "Parley:Customers:CreatesPerMinute=0",
            "Parley:Customers:RequestsPerMinute=0", "Parley:Routing:SilenceWithoutNotificationsMs=86400000");
        http = new HttpClient { BaseAddress = server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task The_greeting_is_in_the_answer_that_begins_the_chat_before_the_first_words()
    {
        var created = await Ask("greets", ("text", "Hello?"));
        Assert.Equal(["", "Welcome!", "Hello?"], created["messages"]!.AsArray().Select(m => $"{m!["text"]}"));
        JsonPattern.Parse(
            """{"index":2,"type":"Message","text":"Welcome!","from":{"nickname":"system","participantId":2,"type":"External"},…}""")
            .Check(created["messages"]![1]!, "the greeting");
    }

    [Fact]
    public async Task Who_waits_is_told_its_place_then_only_a_better_one_and_at_most_once_a_minute()
    {
        var chats = new[] { await Ask("tells"), await Ask("tells"), await Ask("silent"), await Ask("tells") };
        await Hears("tells", chats[3], "Number 4");
        await Hears("tells", chats[1], "Number 2");
        await Hears("tells", chats[0], "Number 1");
        Assert.Single((await Refresh("silent", chats[2]))["messages"]!.AsArray());

        await Do("tells", chats[0], "disconnect");
        await Creep(30_000);
        Assert.Equal(["Number 4"], await Said("tells", chats[3]));
        await Do("silent", chats[2], "disconnect");
        await Creep(28_000);
        Assert.Equal(["Number 4"], await Said("tells", chats[3]));
        await Hears("tells", chats[3], "Number 4", "Number 2");
        await Hears("tells", chats[1], "Number 2", "Number 1");

        await Ask("tells");
        await Creep(120_000);
        Assert.Equal(["Number 4", "Number 2"], await Said("tells", chats[3]));
    }

    [Fact]
    public async Task The_wait_is_told_once_enough_chats_were_accepted()
    {
        // she does not listen: a session that polls would not survive the leaps of the clock
        await using var ana = new AgentClient(server.Address, "ana", TestCenter.Password);
        (await ana.Post("/api/v2/me", """{"operationName":"StartContactCenterSession","channels":["chat"]}""")).Succeeded();
        for (var i = 0; i < 5; i++)
        {
            (await ana.Post("/api/v2/me", """{"operationName":"NotReady"}""")).Succeeded();
            var chat = await Ask("silent");
            Assert.Equal("unknown", $"{(await Availability("silent")).Body["estimatedWait"]}");
            clock.Advance(TimeSpan.FromSeconds(150));
            (await ana.Post("/api/v2/me", """{"operationName":"Ready"}""")).Succeeded();
            await Eventually.True(async () => (await ana.ReadChats()) is [{ } offered] && $"{offered["state"]}" == "Invited");
            (await ana.Do($"{chat["chatId"]}", "Accept")).Succeeded();
            await Do("silent", chat, "disconnect");
            (await ana.Do($"{chat["chatId"]}", "Complete")).Succeeded();
        }
        (await ana.Post("/api/v2/me", """{"operationName":"NotReady"}""")).Succeeded();

        await Eventually.True(async () => $"{(await Availability("silent")).Body["estimatedWait"]}" == "2-3");
        await Hears("tells", await Ask("tells"), "Number 1, 2-3 min");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Whether_a_chat_can_begin_is_told_to_anybody_and_nothing_of_agents(string method)
    {
        foreach (var _ in Enumerable.Range(0, 3)) await Ask("silent");
        await Eventually.True(async () => (int?)(await Availability("tells", method)).Body["waiting"] == 3);

        JsonPattern.Parse("""{"statusCode":0,"open":true,"waiting":3,"position":4,"estimatedWait":"unknown"}""")
            .Check((await Availability("tells", method)).Body, "availability");
        JsonPattern.Parse("""{"statusCode":0,"open":false,"waiting":0}""")
            .Check((await Availability("sundays", method)).Body, "availability");
    }

    [Fact]
    public async Task Availability_is_refused_as_a_chat_would_be()
    {
        Assert.Equal((404, 306), await Refused("nowhere"));
        Assert.Equal((401, 401), await Refused("keyed"));

        async Task<(int, int)> Refused(string service)
        {
            var (status, body) = await Availability(service);
            return (status, body["errors"]![0]!["code"]!.GetValue<int>());
        }
    }

    private async Task Hears(string service, JsonNode chat, params string[] said)
    {
        await Eventually.True(async () =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return (await Said(service, chat)).Length >= said.Length;
        });
        Assert.Equal(said, await Said(service, chat));
    }

    /// <summary>Lets time pass a second at a time, with time for what becomes due.</summary>
    private async Task Creep(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i += 1_000)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Availability("silent");
        }
    }

    private async Task<string[]> Said(string service, JsonNode chat) =>
    [
        .. (await Refresh(service, chat))["messages"]!.AsArray().Where(m => $"{m!["from"]!["nickname"]}" == "system")
            .Select(m => $"{m!["text"]}"),
    ];

    private Task<JsonNode> Refresh(string service, JsonNode chat) => Do(service, chat, "refresh", ("transcriptPosition", "1"));

    /// <summary>Somebody comes, later than everybody before.</summary>
    private Task<JsonNode> Ask(string service, params (string, string)[] fields)
    {
        clock.Advance(TimeSpan.FromMilliseconds(1));
        return Post($"/genesys/2/chat/{service}", [("nickname", "Ada"), .. fields]);
    }

    private Task<JsonNode> Do(string service, JsonNode chat, string operation, params (string, string)[] fields) => Post(
        $"/genesys/2/chat/{service}/{chat["chatId"]}/{operation}", [.. fields, ("secureKey", $"{chat["secureKey"]}")]);

    private async Task<JsonNode> Post(string path, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.PostAsync(path, form);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<(int Status, JsonNode Body)> Availability(string service, string method = "GET")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/genesys/2/chat/{service}/availability");
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
