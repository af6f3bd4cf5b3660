using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Server.Operation.Health;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Tests.Rest;

// C1, C2 and C3 are asserted for every answer in Request.Send
public sealed class ErrorsTests(ErrorsTests.Server shared) : IClassFixture<ErrorsTests.Server>
{
    private const string Login = "/api/v2/login";

    private readonly StartedServer server = shared.Started;

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/api/v2/none")]
    [InlineData("POST", "/api/v2/none")]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("GET", "/internal-api/none")]
    [InlineData("GET", "/%2e%2e/etc/passwd")]
    [InlineData("GET", "/index.html")]
    [InlineData("GET", "/me")]
    [InlineData("GET", "/me/interactions/a/b")]
    public async Task What_does_not_exist_is_404_and_code_6_under_any_path(string method, string path)
    {
        var answer = await server.Request(method, path).Send();
        Assert.Equal((HttpStatusCode.NotFound, 6), (answer.Http, answer.Code));
    }

    [Theory]
    [InlineData("DELETE", "/api/v2/me/")]
    [InlineData("PATCH", "/api/v2/me/skills")]
    [InlineData("GET", "/api/v2/logout")]
    [InlineData("DELETE", "/me/interactions")]
    [InlineData("OPTIONS", "/api/v2/me")]
    public async Task A_wrong_method_is_405_as_JSON(string method, string path)
    {
        var answer = await server.Request(method, path).As("agent1:secret1").Send();
        Assert.Equal((HttpStatusCode.MethodNotAllowed, 3), (answer.Http, answer.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":1}x")]
    [InlineData("{'a':1}")]
    [InlineData("{\"userName\":\"\\ud800\",\"password\":\"x\"}")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task A_body_that_is_not_a_JSON_object_is_400_and_code_2(string body)
    {
        var answer = await server.Post(Login, body).Send();
        Assert.Equal((HttpStatusCode.BadRequest, 2), (answer.Http, answer.Code));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_and_nesting_without_end_are_400_and_code_2()
    {
        byte[] latin = [.. "{\"userName\":\""u8, 0xE9, .. "\"}"u8];
        Assert.Equal(2, (await server.Request("POST", Login).Body(latin).Send()).Code);
        var deep = "{\"a\":" + new string('[', 200) + new string(']', 200) + "}";
        Assert.Equal(2, (await server.Post(Login, deep).Send()).Code);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/jsonp")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task A_wrong_content_type_is_415_and_code_2(string contentType)
    {
        var answer = await server.Request("POST", Login).Body("{}", contentType).Send();
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, 2), (answer.Http, answer.Code));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON;charset=\"UTF-8\"")]
    public async Task JSON_with_or_without_its_content_type_is_read(string? contentType) =>
        Assert.Equal(1, (await server.Request("POST", Login).Body("{}", contentType).Send()).Code);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_long_is_413_and_code_2_whether_it_says_its_length_or_not(bool chunked)
    {
        var request = server.Post(Login, $$"""{"userName":"{{new string('x', 2000)}}"}""");
        var answer = await (chunked ? request.With("Transfer-Encoding", "chunked") : request).Send();
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, 2), (answer.Http, answer.Code));
    }

    [Fact]
    public async Task A_bug_is_500_and_code_4_without_detail()
    {
        var answer = await server.Get("/api/v2/ping").As("agent1:secret1").Send();
        Assert.Equal((HttpStatusCode.InternalServerError, 4, "Internal error."), (answer.Http, answer.Code, answer.Text));
        Assert.NotNull(answer.Session);
    }

    [Fact]
    public async Task Every_answer_forbids_caching_and_guessing_of_types()
    {
        foreach (var path in (string[])["/api/v2/me", "/none", "/api/v2/ping", "/api/v2/diagnostics/version"])
        {
            var answer = await server.Get(path).Send();
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("no-store", answer.Header("Cache-Control"));
            Assert.Null(answer.Header("Server"));
        }
    }

    [Theory]
    [InlineData(Reason.ParameterMissing, 1, 400)]
    [InlineData(Reason.InvalidInState, 2, 400)]
    [InlineData(Reason.Forbidden, 3, 403)]
    [InlineData(Reason.Unavailable, 4, 503)]
    [InlineData(Reason.NotPermitted, 5, 403)]
    [InlineData(Reason.NotFound, 6, 404)]
    [InlineData(Reason.OutOfRange, 10, 400)]
    [InlineData(Reason.ReadOnly, 11, 400)]
    public async Task Each_reason_has_its_number(Reason reason, int code, int http)
    {
        Assert.Equal(
            $$"""{{http}} {"statusCode":{{code}},"statusMessage":"Größe \"<b>\""}""",
            await Written(ApiAnswer.Refused(reason, "Größe \"<b>\"")));
    }

    [Fact]
    public void Every_reason_is_in_the_table() => Assert.All(Enum.GetValues<Reason>(), r => ApiAnswer.Refused(r, ""));

    private static async Task<string> Written(ApiAnswer answer)
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await answer.ExecuteAsync(context);
        return $"{context.Response.StatusCode} {Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray())}";
    }

    private sealed class BrokenPart : IHealth
    {
        public string Part => "broken";

        public Rejection? Problem() => throw new InvalidOperationException("a detail");
    }

    public sealed class Server : SharedServer
    {
        protected override Task<StartedServer> Start() => StartedServer.Start(
            null, builder => builder.Services.AddSingleton<IHealth, BrokenPart>(), "Parley:Rest:MaxBodyBytes=1024");
    }
}
