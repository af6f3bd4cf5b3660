using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// Every way the agent API refuses a request about chats, in one table: the documented code, and nothing changed.
/// </summary>
public sealed class RefusalTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    private const string Chat = "/api/v2/me/chats/{chat}";

    /// <summary>Method, path, body, HTTP status, statusCode.</summary>
    public static TheoryData<string, string, string?, int, int> Requests => new()
    {
        { "POST", "/api/v2/me/chats/0000Na0000NA0000", Operation("SendMessage", "\"text\":\"x\""), 404, 6 },
        { "GET", "/api/v2/me/chats/0000Na0000NA0000", null, 404, 6 },
        { "GET", "/api/v2/me/chats/0000Na0000NA0000/messages", null, 404, 6 },
        { "POST", "/api/v2/me/chats/{other}", Operation("SendMessage", "\"text\":\"x\""), 404, 6 },
        { "POST", "/api/v2/chats/{other}", Operation("SendMessage", "\"text\":\"x\""), 404, 6 },
        { "GET", "/api/v2/me/chats/{other}", null, 404, 6 },
        { "GET", "/api/v2/me/chats/{other}/messages", null, 404, 6 },
        { "GET", "/api/v2/chats/{other}", null, 404, 6 },
        { "POST", "/api/v2/me/chats/{other}", Operation("SendMessage"), 404, 6 },
        { "POST", "/api/v2/me/chats/{other}", Operation("Complete", "\"queueName\":\"NoSuchQueue\""), 404, 6 },
        { "POST", "/api/v2/me/chats/{other}", Operation("Fly"), 400, 2 },
        { "POST", "/api/v2/me/chats/{other}", "{}", 400, 1 },
        { "POST", Chat, Operation("Accept", "\"saveLAR\":\"perhaps\""), 400, 2 },
        { "POST", Chat, "", 400, 2 },
        { "POST", Chat, """{"operationName":"SendMessage","text":"x" """, 400, 2 },
        { "POST", Chat, """[{"operationName":"SendMessage","text":"x"}]""", 400, 2 },
        { "POST", Chat, "\"SendMessage\"", 400, 2 },
        { "POST", Chat, "{}", 400, 1 },
        { "POST", Chat, """{"operationName":null}""", 400, 1 },
        { "POST", Chat, """{"operationName":""}""", 400, 1 },
        { "POST", Chat, """{"operationName":7}""", 400, 2 },
        { "POST", Chat, Operation("Fly"), 400, 2 },
        { "POST", Chat, Operation("sendmessage", "\"text\":\"x\""), 400, 2 },
        { "POST", Chat, Operation("Accept"), 400, 2 },
        { "POST", Chat, Operation("Reject"), 400, 2 },
        { "POST", Chat, Operation("SendMessage"), 400, 1 },
        { "POST", Chat, Operation("SendMessage", "\"text\":\"\""), 400, 1 },
        { "POST", Chat, Operation("SendMessage", "\"text\":null"), 400, 1 },
        { "POST", Chat, Operation("SendMessage", "\"text\":7"), 400, 2 },
        { "POST", Chat, Operation("SendMessage", $"\"text\":\"{new string('x', 32_769)}\""), 400, 2 },
        { "POST", Chat, Operation("SendMessage", "\"text\":\"x\",\"treatAs\":\"Loud\""), 400, 2 },
        { "POST", Chat, Operation("Leave", $"\"text\":\"{new string('x', 32_769)}\""), 400, 2 },
        { "POST", Chat, Operation("Complete", "\"queueName\":\"NoSuchQueue\""), 404, 6 },
        { "POST", Chat, Operation("Complete", "\"saveLAR\":\"perhaps\""), 400, 2 },
        { "POST", Chat, Operation("SetDisposition"), 400, 1 },
        { "POST", Chat, Operation("AttachUserData"), 400, 1 },
        { "POST", Chat, Operation("AttachUserData", "\"userData\":{\"a\":{}}"), 400, 2 },
        { "POST", Chat, Operation("DeleteUserData"), 400, 1 },
        { "GET", Chat + "/messages?startIndex=-1", null, 400, 2 },
        { "GET", Chat + "/messages?startIndex=one", null, 400, 2 },
        { "GET", Chat + "/messages?count=-1", null, 400, 2 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    [Quirk(1)]
    public async Task A_wrong_request_is_refused_and_changes_nothing(
        string method, string path, string? body, int http, int statusCode)
    {
        var before = await desk.Snapshot();
        using var request = new HttpRequestMessage(new HttpMethod(method), desk.Fill(path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await desk.Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);
        (await Answer.Read(response)).Refused(http, statusCode);
        await NothingChangedSince(before);
    }

    [Fact]
    public async Task An_operation_on_a_messages_list_or_an_unknown_method_is_refused_in_good_form()
    {
        var before = await desk.Snapshot();
        (string, string)[] requests =
            [("DELETE", Chat), ("PUT", Chat), ("POST", Chat + "/messages"), ("POST", "/api/v2/me/chats")];
        foreach (var (method, path) in requests)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), desk.Fill(path))
            {
                Content = new StringContent("{}", Encoding.UTF8, "application/json"),
            };
            using var response = await desk.Agent.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = await Answer.Read(response);
            Assert.True(
                answer.Http is 404 or 405 && answer.StatusCode > 0,
                $"{method} {path}: {answer.Http} {answer.Body.ToJsonString()}");
        }
        await NothingChangedSince(before);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("agent1", "wrong")]
    [InlineData("agent1", "")]
    [InlineData("nobody", "secret1")]
    public async Task Without_the_right_password_nothing_is_allowed(string? userName, string? password)
    {
        var before = await desk.Snapshot();
        await using var stranger = new AgentClient(desk.Server.Address, userName, password);
        (await stranger.Get("/api/v2/me/chats?fields=*")).Refused(401, 20);
        (await stranger.Get(desk.Fill(Chat))).Refused(401, 20);
        (await stranger.Get(desk.Fill(Chat + "/messages"))).Refused(401, 20);
        (await stranger.Do(desk.ChatId, "Complete")).Refused(401, 20);
        (await stranger.Post(desk.Fill(Chat), "{")).Refused(401, 20);
        await NothingChangedSince(before);
    }

    [Fact]
    public async Task An_over_long_body_is_refused()
    {
        var before = await desk.Snapshot();
        var answer = await desk.Agent.Post(
            desk.Fill(Chat), Operation("SendMessage", $"\"text\":\"x\",\"padding\":\"{new string('x', 200_000)}\""));
        Assert.True(answer.Http is 400 or 413, $"{answer.Http} {answer.Body.ToJsonString()}");
        await NothingChangedSince(before);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task A_wrong_content_type_is_refused(string mediaType)
    {
        var before = await desk.Snapshot();
        var answer = await desk.Agent.Post(desk.Fill(Chat), Operation("SendMessage", "\"text\":\"x\""), mediaType);
        Assert.True(answer.Http is 400 or 415, $"{answer.Http} {answer.Body.ToJsonString()}");
        await NothingChangedSince(before);
    }

    [Fact]
    public async Task A_body_that_is_not_utf_8_is_refused()
    {
        var before = await desk.Snapshot();
        using var content = new ByteArrayContent([.. "{\"operationName\":\"SendMessage\",\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await desk.Agent.Http.PostAsync(desk.Fill(Chat), content, TestContext.Current.CancellationToken);
        (await Answer.Read(response)).Refused(400, 2);
        await NothingChangedSince(before);
    }

    /// <summary>State is as before, and the next thing the agent is told is the fence.</summary>
    private async Task NothingChangedSince(JsonObject before)
    {
        Assert.True(JsonNode.DeepEquals(before, await desk.Snapshot()), "something changed");
        (await desk.Agent.Do(desk.ChatId, "DeleteUserData", new JsonObject { ["keys"] = new JsonArray("never there") }))
            .Succeeded();
        var next = await desk.Agent.Inbox.Next(AgentClient.Chats, "the fence");
        Assert.Equal("PropertiesUpdated", next["notificationType"]?.GetValue<string>());
    }

    private static string Operation(string name, string? parameters = null) =>
        parameters is null ? $$"""{"operationName":"{{name}}"}""" : $$"""{"operationName":"{{name}}",{{parameters}}}""";
}
