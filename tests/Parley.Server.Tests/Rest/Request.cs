using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parley.Server.Tests.Rest;

/// <summary>One request, put together word by word.</summary>
public sealed class Request(HttpClient client, HttpMethod method, string path)
{
    private readonly List<(string Name, string Value)> headers = [];
    private (byte[] Bytes, string? Type)? content;

    public Request As(string userAndPassword) => AsBytes(Encoding.UTF8.GetBytes(userAndPassword));

    public Request AsBytes(byte[] userAndPassword) => With("Authorization", $"Basic {Convert.ToBase64String(userAndPassword)}");

    public Request InSession(string? cookie) => With("Cookie", $"JSESSIONID={cookie}");

    public Request With(string header, string value)
    {
        headers.Add((header, value));
        return this;
    }

    public Request Body(string json, string? contentType = "application/json") => Body(Encoding.UTF8.GetBytes(json), contentType);

    public Request Body(byte[] bytes, string? contentType = "application/json")
    {
        content = (bytes, contentType);
        return this;
    }

    /// <summary>Sends it. C1: every answer is an object with an integer statusCode, of media type application/json.</summary>
    public async Task<Answer> Send()
    {
        var response = await Raw();
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync()).RootElement;
        Assert.Equal(JsonValueKind.Object, json.ValueKind);
        var code = json.GetProperty("statusCode").GetInt32();
        // C2: 0 exactly when nothing failed; a failure has a message and nothing else
        Assert.Equal(response.IsSuccessStatusCode, code is 0 or 7);
        if (code is not (0 or 7)) Assert.Equal(["statusCode", "statusMessage"], json.EnumerateObject().Select(p => p.Name));
        return new Answer(response.StatusCode, code, json, response);
    }

    public async Task<HttpResponseMessage> Raw()
    {
        using var message = new HttpRequestMessage(method, path);
        if (content is var (bytes, type))
        {
            message.Content = new ByteArrayContent(bytes);
            message.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        }
        foreach (var (name, value) in headers) message.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(message);
    }
}

/// <summary>An answer, taken apart.</summary>
public sealed record Answer(HttpStatusCode Http, int Code, JsonElement Json, HttpResponseMessage Message)
{
    public string Text => Json.GetProperty("statusMessage").GetString()!;

    public JsonElement User => Json.GetProperty("user");

    /// <summary>The session that the answer gave, if it did.</summary>
    public string? Session => SetCookie?.Split(';')[0]["JSESSIONID=".Length..];

    public string? SetCookie =>
        Message.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Single(c => c.StartsWith("JSESSIONID=", StringComparison.Ordinal))
            : null;

    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
