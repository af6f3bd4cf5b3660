using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// An answer of the agent API. Making one checks what every client demands of every answer (C1, C2, C3): a JSON object,
/// <c>application/json</c>, an integer <c>statusCode</c>, and HTTP 200 exactly when that is 0.
/// </summary>
internal sealed record Answer(int Http, JsonObject Body, HttpResponseHeaders Headers, string Path)
{
    public int StatusCode => Body["statusCode"]!.GetValue<int>();

    public static async Task<Answer> Read(HttpResponseMessage response)
    {
        var where = $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri?.PathAndQuery}";
        var text = await response.Content.ReadAsStringAsync();
        var http = (int)response.StatusCode;
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/json",
            $"{where}: HTTP {http} with content type {response.Content.Headers.ContentType}: {text}");
        var body = JsonNode.Parse(text) as JsonObject;
        Assert.True(body is not null, $"{where}: not a JSON object: {text}");
        var isNumber = body["statusCode"] is JsonValue number && number.TryGetValue<int>(out _);
        Assert.True(isNumber, $"{where}: no integer statusCode: {text}");
        var answer = new Answer(http, body, response.Headers, response.RequestMessage?.RequestUri?.AbsolutePath ?? "");
        Assert.True((http == 200) == (answer.StatusCode == 0), $"{where}: HTTP {http} with {text}");
        if (answer.StatusCode != 0)
            Assert.True(
                body["statusMessage"] is JsonValue && (body.Count == 2 || answer.IsOlder),
                $"{where}: a failure is statusCode and statusMessage: {text}");
        return answer;
    }

    /// <summary>The first release says the number of some answers twice.</summary>
    private bool IsOlder =>
        Body.Count == 3 && JsonNode.DeepEquals(Body["status"], Body["statusCode"])
        && Path.Contains("/me/interactions/", StringComparison.Ordinal);

    /// <summary>The answer itself, having checked that the request succeeded.</summary>
    public Answer Succeeded()
    {
        Assert.True(StatusCode == 0, $"HTTP {Http}: {Body.ToJsonString()}");
        return this;
    }

    /// <summary>Checks that the request was refused in the given way.</summary>
    public void Refused(int http, int statusCode) =>
        Assert.True(
            (Http, StatusCode) == (http, statusCode),
            $"expected HTTP {http}, {statusCode}; got HTTP {Http}, {Body.ToJsonString()}");
}
