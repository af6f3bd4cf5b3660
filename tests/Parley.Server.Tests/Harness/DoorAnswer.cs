using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// An answer of the customer door. Making one checks what customers' software demands of every answer: K1 (an integer
/// <c>statusCode</c>, a real Boolean <c>chatEnded</c>), K2 (<c>chatEnded</c> and a <c>messages</c> array in every success) and
/// K6 (never an empty <c>errors</c>).
/// </summary>
internal sealed record DoorAnswer(int Http, JsonObject Body, string Text)
{
    public int StatusCode => Body["statusCode"]!.GetValue<int>();

    public bool ChatEnded => Body["chatEnded"]!.GetValue<bool>();

    /// <summary>The numbers in <c>errors</c>; empty when there are none.</summary>
    public IReadOnlyList<int> ErrorCodes =>
        [.. (Body["errors"] as JsonArray ?? []).Select(e => e!["code"]!.GetValue<int>())];

    public static async Task<DoorAnswer> Post(HttpClient http, string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await Post(http, path, form);
    }

    public static async Task<DoorAnswer> Post(HttpClient http, string path, HttpContent content)
    {
        using var response = await http.PostAsync(path, content);
        return await Read(response);
    }

    public static async Task<DoorAnswer> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var seen = $"HTTP {(int)response.StatusCode} {response.Content.Headers.ContentType}: {text}";
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/json", seen);
        var body = JsonNode.Parse(text) as JsonObject;
        Assert.True(body?["statusCode"] is JsonValue number && number.TryGetValue<int>(out _), seen);
        Assert.True(body["errors"] is null or JsonArray { Count: > 0 }, seen);
        var isComplete = body["chatEnded"] is JsonValue ended && ended.TryGetValue<bool>(out _) && body["messages"] is JsonArray;
        var answer = new DoorAnswer((int)response.StatusCode, body, text);
        if (answer.StatusCode == 0) Assert.True(isComplete && answer.Http == 200, seen);
        return answer;
    }

    public DoorAnswer Succeeded()
    {
        Assert.True(StatusCode == 0, $"HTTP {Http}: {Text}");
        return this;
    }
}
