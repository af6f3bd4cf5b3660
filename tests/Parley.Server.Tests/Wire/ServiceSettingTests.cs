using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>What a contact centre's file says of a chat service, as customers and agents notice it. It is a Friday.</summary>
public sealed class ServiceSettingTests : IAsyncLifetime
{
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
                { "name": "plain", "queue": "Support" },
                {
                  "name": "sundays", "queue": "Support",
                  "hours": { "times": [ { "days": [ "Sunday" ], "from": "08:00", "to": "20:00" } ] }
                },
                {
                  "name": "fridays", "queue": "Support",
                  "hours": { "times": [ { "days": [ "Friday" ], "from": "00:00", "to": "00:00" } ] }
                },
                { "name": "keyed", "queue": "Support", "apiKeys": [ "a-long-enough-key" ] },
                { "name": "named", "queue": "Support", "requireNames": true },
                { "name": "first", "queue": "Support", "requireFirstName": true },
                { "name": "last", "queue": "Support", "requireLastName": true },
                { "name": "both", "queue": "Support", "requireFirstName": true, "requireLastName": true },
                { "name": "choosy", "queue": "Support", "allowEndpoint": true },
                { "name": "preview", "queue": "Support", "typingPreview": true }
              ]
            }
            """,
            builder => builder.Services.AddSingleton<TimeProvider>(new ManualTime()));
        http = new HttpClient { BaseAddress = server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData("fridays", 200, 0)]
    [InlineData("sundays", 400, 240)]
    public async Task A_chat_begins_only_while_the_service_is_open(string service, int status, int code)
    {
        var (http, body) = await Ask(service, ("nickname", "Ada"));
        Assert.Equal((status, code), (http, CodeOf(body)));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("another-long-key!", 401)]
    [InlineData("a-long-enough-key", 200)]
    public async Task A_service_with_keys_demands_one_of_every_request(string? key, int status)
    {
        http.DefaultRequestHeaders.Add("apikey", "a-long-enough-key");
        var chat = (await Ask("keyed", ("nickname", "Ada"))).Body;
        http.DefaultRequestHeaders.Remove("apikey");
        if (key is not null) http.DefaultRequestHeaders.Add("x-api-key", key);

        Assert.Equal(status, (await Ask("keyed", ("nickname", "Ada"))).Http);
        Assert.Equal(status, (await Do("keyed", chat, "refresh")).Http);
    }

    [Theory]
    [InlineData("plain", 200, 0)]
    [InlineData("named", 400, 161)]
    public async Task Nobody_stays_without_a_name_where_names_are_required(string service, int status, int code)
    {
        var (http, body) = await Ask(service);
        Assert.Equal((status, code), (http, CodeOf(body)));
    }

    [Theory]
    [InlineData("first", "nickname=Ada", 102)]
    [InlineData("first", "firstName=%20&lastName=Lovelace", 102)]
    [InlineData("first", "firstName=Ada", 0)]
    [InlineData("last", "", 103)]
    [InlineData("last", "nickname=Ada&firstName=Ada", 103)]
    [InlineData("last", "lastName=Lovelace", 0)]
    [InlineData("both", "", 161)]
    [InlineData("both", "nickname=Ada", 102)]
    [InlineData("both", "firstName=Ada", 103)]
    [InlineData("both", "firstName=Ada&lastName=Lovelace", 0)]
    public async Task A_part_of_the_name_that_the_service_requires_must_be_there_whatever_the_nickname(
        string service, string said, int code)
    {
        var (http, body) = await Ask(service, [.. FieldsOf(said)]);
        Assert.Equal((code == 0 ? 200 : 400, code), (http, CodeOf(body)));
    }

    [Theory]
    [InlineData(64, 64, 0)]
    [InlineData(65, 1, 9002)]
    [InlineData(1, 65, 9002)]
    public async Task A_name_composed_of_both_parts_may_be_as_long_as_they_may_be(int first, int last, int code)
    {
        var (given, family) = (new string('A', first), new string('L', last));
        var (_, body) = await Ask("plain", ("firstName", given), ("lastName", family));
        Assert.Equal(code, CodeOf(body));
        if (code == 0) Assert.Equal($"{given} {family}", $"{body["messages"]![0]!["from"]!["nickname"]}");
    }

    [Fact]
    public async Task A_nickname_that_is_too_long_is_refused() =>
        Assert.Equal(9002, CodeOf((await Ask("plain", ("nickname", new string('A', 65)))).Body));

    [Theory]
    [InlineData("plain", "Billing", 200)]
    [InlineData("plain", "Nowhere", 200)]
    [InlineData("choosy", "Billing", 200)]
    [InlineData("choosy", "Nowhere", 400)]
    public async Task A_customer_chooses_a_queue_only_where_that_is_allowed(string service, string queue, int status) =>
        Assert.Equal(status, (await Ask(service, ("nickname", "Ada"), ("endpoint", queue))).Http);

    [Theory]
    [InlineData("plain", null)]
    [InlineData("preview", "How do I")]
    public async Task Agents_see_what_stands_in_the_input_box_only_where_the_service_shows_it(string service, string? seen)
    {
        await using var ana = new AgentClient(server.Address, "ana", TestCenter.Password);
        await ana.SignIn();
        await ana.GoReady();
        var chat = (await Ask(service, ("nickname", "Ada"))).Body;
        var id = await ana.AcceptNext();

        await Do(service, chat, "startTyping", ("message", "How do I"));

        var typing = (await ana.ReadMessages(id)).Last(m => m!["type"]!.GetValue<string>() == "TypingStarted")!;
        Assert.Equal(seen, typing["text"]?.GetValue<string>());
        Assert.DoesNotContain("How do I", (await Do(service, chat, "refresh")).Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sundays", null, 240)]
    [InlineData("keyed", null, 401)]
    [InlineData("keyed", "another-long-key!", 401)]
    public async Task Over_CometD_a_service_that_is_closed_or_demands_a_key_refuses_by_a_push(string service, string? apiKey, int code)
    {
        await using var page = await PushedCustomer.Open(server.Address, service, apiKey: apiKey);
        await page.Publish("requestChat", ",\"nickname\":\"Ada\"");
        Assert.Equal((2, true, code), await page.NextError());
    }

    [Fact]
    public async Task Over_CometD_a_key_that_came_with_the_handshake_holds_for_the_session()
    {
        await using var page = await PushedCustomer.Open(server.Address, "keyed", apiKey: "a-long-enough-key");
        page.ForgetApiKey();
        await page.Publish("requestChat", ",\"nickname\":\"Ada\"");
        Assert.Equal(0, (await page.Next())["statusCode"]!.GetValue<int>());
    }

    private static int CodeOf(JsonNode body) => body["errors"]?[0]!["code"]!.GetValue<int>() ?? 0;

    private static IEnumerable<(string, string)> FieldsOf(string form) =>
        QueryHelpers.ParseQuery(form).Select(field => (field.Key, $"{field.Value}"));

    private Task<(int Http, JsonNode Body)> Ask(string service, params (string Name, string Value)[] fields) =>
        Post($"/genesys/2/chat/{service}", fields);

    private Task<(int Http, JsonNode Body)> Do(
        string service, JsonNode chat, string operation, params (string Name, string Value)[] fields) => Post(
            $"/genesys/2/chat/{service}/{chat["chatId"]!.GetValue<string>()}/{operation}",
            [.. fields, ("secureKey", chat["secureKey"]!.GetValue<string>())]);

    private async Task<(int Http, JsonNode Body)> Post(string path, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.PostAsync(path, form);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }
}
