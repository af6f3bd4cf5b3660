using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>What known clients demand of requests about chats. The numbers are the constraints'.</summary>
/// <remarks>C1, C2 and C3 are checked on every answer any test of this project reads: see <see cref="Answer"/>.</remarks>
public sealed class RequestConstraintTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    [Theory]
    [InlineData("GET", "/api/v2/me/chats", null)]
    [InlineData("GET", "/api/v2/me/chats?fields=*", null)]
    [InlineData("GET", "/api/v2/me/chats/0000Na0000NA0000", null)]
    [InlineData("GET", "/api/v2/me/chats/0000Na0000NA0000/messages", null)]
    [InlineData("GET", "/api/v2/no-such-thing", null)]
    [InlineData("POST", "/api/v2/me/chats/0000Na0000NA0000", """{"operationName":"Accept"}""")]
    [InlineData("POST", "/api/v2/me/chats/0000Na0000NA0000", "{")]
    [InlineData("DELETE", "/api/v2/me/chats/0000Na0000NA0000", null)]
    [Constraint("A5")]
    public async Task C1_C2_C3_every_answer_about_chats_is_a_json_object_with_an_integer_status_code(
        string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await desk.Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.NotNull(await Answer.Read(response));
    }

    [Fact]
    [Constraint("A6")]
    public async Task C4_operations_on_chats_answer_within_five_seconds()
    {
        var started = Stopwatch.StartNew();
        (await desk.Agent.Do(desk.ChatId, "SendMessage", new JsonObject { ["text"] = "Quick?" })).Succeeded();
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(5), $"{started.Elapsed}");
    }

    [Fact]
    [Constraint("A1")]
    public async Task C5_C9_me_with_sub_resources_has_settings_devices_and_chats_with_capabilities()
    {
        var user = (await desk.Agent.Get("/api/v2/me?subresources=*")).Succeeded().Body["user"]!;
        Assert.IsType<JsonObject>(user["settings"]);
        Assert.IsType<JsonArray>(user["devices"]);
        var chat = Assert.Single(user["chats"]!.AsArray());
        Assert.NotEmpty(chat!["capabilities"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(Assert.Single(await desk.Agent.ReadChats()), chat));
    }

    [Theory]
    [InlineData("/api/v2/me/chats/?fields=*")]
    [InlineData("/api/v2/me/chats/")]
    [InlineData("/api/v2/me/chats/{chat}/")]
    [InlineData("/api/v2/me/chats/{chat}/messages/?startIndex=1&count=1")]
    [InlineData("/api/v2/me/?subresources=chats")]
    [Constraint("A9")]
    public async Task C16_trailing_slashes_are_harmless_when_reading(string path)
    {
        var with = (await desk.Agent.Get(desk.Fill(path))).Succeeded();
        var without = (await desk.Agent.Get(desk.Fill(path).Replace("/?", "?", StringComparison.Ordinal).TrimEnd('/')))
            .Succeeded();
        Assert.Equal(without.Body.ToJsonString(), with.Body.ToJsonString());
    }

    [Fact]
    public async Task C16_trailing_slashes_are_harmless_when_operating() =>
        (await desk.Agent.Post($"/api/v2/me/chats/{desk.ChatId}/", """{"operationName":"SetInFocus"}""")).Succeeded();

    [Fact]
    [Constraint("A15")]
    public async Task C17_unknown_and_null_properties_of_an_operation_are_ignored()
    {
        (await desk.Agent.Post($"/api/v2/me/chats/{desk.ChatId}",
            """{"operationName":"SendMessage","text":"Hello","messageType":null,"treatAs":null,"loginCode":null,"unheardOf":{"a":[1]}}"""))
            .Succeeded();
        (await desk.Agent.Post($"/api/v2/me/chats/{desk.ChatId}",
            """{"operationName":"SetDisposition","disposition":"Solved","dispositionKey":null,"referenceId":7}""")).Succeeded();
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\u6f22')]
    public async Task The_longest_text_allowed_is_taken_in_any_script(char letter)
    {
        using var body = new StringContent(
            $$"""{"operationName":"SendMessage","text":"{{new string(letter, 32_768)}}"}""", Encoding.UTF8, "application/json");
        using var response = await desk.Agent.Http.PostAsync(
            $"/api/v2/me/chats/{desk.ChatId}", body, TestContext.Current.CancellationToken);
        (await Answer.Read(response)).Succeeded();
    }

    [Fact]
    public async Task C18_me_with_sub_resources_stays_below_two_mebi_characters()
    {
        using var response = await desk.Agent.Http.GetAsync("/api/v2/me?subresources=*", TestContext.Current.CancellationToken);
        Assert.True((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Length < 2_097_152);
    }

    [Fact]
    public async Task C20_credentials_in_latin_1_are_understood_as_such_and_refused_in_good_form()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v2/me/chats");
        request.Headers.Add(
            "Authorization", "Basic " + Convert.ToBase64String(Encoding.Latin1.GetBytes("zo\u00eb@example.test:gehe\u00efm")));
        using var client = new HttpClient { BaseAddress = desk.Server.Address };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        (await Answer.Read(response)).Refused(401, 20);
    }

    [Fact]
    public async Task C21_operations_by_cookie_alone_need_no_csrf_token_and_a_superfluous_one_is_tolerated()
    {
        await using var browser = desk.Server.Agent(1);
        (await browser.Get("/api/v2/me")).Succeeded();
        browser.ForgetCredentials();
        (await browser.Do(desk.ChatId, "SetInFocus")).Succeeded();
        browser.Http.DefaultRequestHeaders.Add("X-CSRF-TOKEN", "whatever");
        (await browser.Do(desk.ChatId, "SetInFocus")).Succeeded();
    }
}
