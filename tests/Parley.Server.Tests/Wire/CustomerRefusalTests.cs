using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>Every way the customer door refuses a request: the documented answer, and nothing changed.</summary>
public sealed class CustomerRefusalTests(ChatDesk desk) : IClassFixture<ChatDesk>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Unknown = "0000Na0000NA0000";

    /// <summary>Path below the service, media type, body, HTTP status, statusCode, error code (0: any).</summary>
    public static TheoryData<string, string, string, int, int, int> Requests => new()
    {
        { $"{Unknown}/refresh", Form, "secureKey={key}", 200, 2, 404 },
        { $"{Unknown}/send", Form, "secureKey={key}&message=x", 200, 2, 404 },
        { "{chat}/refresh", Form, "secureKey=00000000000000000000000000000000", 200, 2, 404 },
        { "{chat}/refresh", Form, "", 200, 2, 404 },
        { "{chat}/refresh", Form, "secureKey=", 200, 2, 404 },
        { "{chat}/send", Form, "secureKey=wrong&message=x", 200, 2, 404 },
        { "{chat}/disconnect", Form, "secureKey=wrong", 200, 2, 404 },
        { "{other}/disconnect", Form, "secureKey={key}", 200, 2, 404 },
        { "{chat}/send", Form, "secureKey={key}", 400, 2, 9001 },
        { "{chat}/send", Form, "secureKey={key}&message=", 400, 2, 9001 },
        { "{chat}/refresh", Form, "secureKey={key}&transcriptPosition=first", 400, 2, 9002 },
        { "{chat}/send", "application/json", """{"secureKey":"{key}","message":""", 400, 2, 9002 },
        { "{chat}/send", "application/json", """["{key}"]""", 400, 2, 9002 },
        { "", "multipart/form-data", "no boundary", 400, 2, 9002 },
        { "", Form, $"nickname=Ida&{new string('k', 3_000)}=1", 400, 2, 9002 },
        { "", Form, "nickname=system", 400, 2, 9002 },
        { "", Form, "nickname=_GCTI_GSS", 400, 2, 9002 },
        { "", Form, "nickname=_%EF%BC%A7CTI_GSS", 400, 2, 9002 },
        { "", Form, "nickname=sys%C2%ADtem", 400, 2, 9002 },
        { "", Form, "nickname=NNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNNN", 400, 2, 9002 },
        { "", Form, "nickname=Ida&emailAddress=nowhere", 400, 2, 364 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_wrong_request_is_refused_and_changes_nothing(
        string path, string mediaType, string body, int http, int statusCode, int code)
    {
        var before = await desk.Snapshot();
        var answer = await Post($"{CustomerClient.Service}/{path}", mediaType, body);
        Assert.True((http, statusCode) == (answer.Http, answer.StatusCode), $"HTTP {answer.Http}: {answer.Text}");
        Assert.Equal(code, Assert.Single(answer.ErrorCodes));
        Assert.Empty(answer.Body["messages"]!.AsArray());
        Assert.Equal(http == 200, answer.ChatEnded);
        if (path.Length > 0) Assert.Equal(Fill(path).Split('/')[0], answer.Body["chatId"]?.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(before, await desk.Snapshot()), "something changed");
    }

    [Fact]
    public async Task An_unknown_service_is_answered_404_with_code_306()
    {
        var answer = await Post("/genesys/2/chat/no-such-service", Form, "nickname=Ida");
        Assert.Equal((404, 306), (answer.Http, Assert.Single(answer.ErrorCodes)));
    }

    [Fact]
    public async Task An_unknown_chat_and_a_wrong_key_are_answered_alike_so_that_nobody_can_tell_which_chats_exist()
    {
        var unknown = await Post($"{CustomerClient.Service}/{Unknown}/refresh", Form, "secureKey=wrong");
        var wrong = await Post($"{CustomerClient.Service}/{{chat}}/refresh", Form, "secureKey=wrong");
        Assert.Equal(unknown.Text.Replace(Unknown, desk.ChatId, StringComparison.Ordinal), wrong.Text);
    }

    [Theory]
    [InlineData("GET", "{chat}/refresh")]
    [InlineData("DELETE", "{chat}")]
    [InlineData("POST", "{chat}/fly")]
    public async Task An_unknown_operation_or_method_is_refused_in_good_form(string method, string path)
    {
        var before = await desk.Snapshot();
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), $"{CustomerClient.Service}/{Fill(path)}");
        if (method == "POST") request.Content = new StringContent(Fill("secureKey={key}"), Encoding.UTF8, Form);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await DoorAnswer.Read(response);
        Assert.True(answer.Http is 400 or 404 or 405 && answer.StatusCode > 0, $"HTTP {answer.Http}: {answer.Text}");
        Assert.True(JsonNode.DeepEquals(before, await desk.Snapshot()), "something changed");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    public async Task A_wrong_content_type_is_refused(string mediaType)
    {
        var before = await desk.Snapshot();
        var answer = await Post($"{CustomerClient.Service}/{{chat}}/send", mediaType, "secureKey={key}&message=x");
        Assert.True(answer.Http is 400 or 415 or 200 && answer.StatusCode == 2, $"HTTP {answer.Http}: {answer.Text}");
        Assert.True(JsonNode.DeepEquals(before, await desk.Snapshot()), "something changed");
    }

    [Fact]
    public async Task K10_an_over_long_body_is_answered_400_with_errors()
    {
        var before = await desk.Snapshot();
        var answer = await Post(
            $"{CustomerClient.Service}/{{chat}}/send", Form, $"secureKey={{key}}&message=x&padding={new string('x', 300_000)}");
        Assert.Equal(400, answer.Http);
        Assert.NotEmpty(answer.ErrorCodes);
        Assert.True(JsonNode.DeepEquals(before, await desk.Snapshot()), "something changed");
    }

    [Fact]
    public async Task A_chat_is_served_only_under_the_service_that_began_it()
    {
        var answer = await Post($"/genesys/2/chat/no-such-service/{{chat}}/refresh", Form, "secureKey={key}");
        Assert.Equal((200, 2, true, 404), (answer.Http, answer.StatusCode, answer.ChatEnded, Assert.Single(answer.ErrorCodes)));
    }

    [Fact]
    public async Task Too_much_user_data_is_refused()
    {
        var pairs = string.Concat(Enumerable.Range(0, 65).Select(i => $"&userData[k{i}]=v"));
        var answer = await Post(CustomerClient.Service, Form, "nickname=Ida" + pairs);
        Assert.Equal((400, 9002), (answer.Http, Assert.Single(answer.ErrorCodes)));
    }

    private async Task<DoorAnswer> Post(string path, string mediaType, string body)
    {
        using var http = new HttpClient { BaseAddress = desk.Server.Address };
        using var content = new StringContent(Fill(body), Encoding.UTF8, mediaType);
        return await DoorAnswer.Post(http, Fill(path), content);
    }

    private string Fill(string text) => desk.Fill(text).Replace("{key}", desk.Customer.SecureKey, StringComparison.Ordinal);
}
