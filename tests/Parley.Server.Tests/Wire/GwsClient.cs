using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>A customer's polling page reduced to HTTP: one chat through GWS Customer Chat.</summary>
internal sealed class GwsClient : IDisposable
{
    public const string Root = "/api/v2/chats";

    private GwsClient(HttpClient http, JsonObject created) => (Http, Created) = (http, created);

    public HttpClient Http { get; }

    /// <summary>The answer to the request that made the chat.</summary>
    public JsonObject Created { get; }

    public string Id => Created["id"]!.GetValue<string>();

    public static async Task<GwsClient> Ask(Uri server, string nickname = "Mira")
    {
        var http = new HttpClient { BaseAddress = server };
        var created = await Post(http, Root, $$"""{"operationName":"RequestChat","nickname":"{{nickname}}"}""");
        return new GwsClient(http, created.Succeeded().Body);
    }

    /// <summary>Posts a JSON text; without a media type where that is null.</summary>
    public static async Task<Answer> Post(HttpClient http, string path, string json, string? mediaType = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        using var response = await http.PostAsync(path, content);
        return await Answer.Read(response);
    }

    public Task<Answer> Do(string operation, string? text = null)
    {
        var body = new JsonObject { ["operationName"] = operation };
        if (text is not null) body["text"] = text;
        return Post(Http, $"{Root}/{Id}", body.ToJsonString());
    }

    /// <summary>Reads the chat, or what is below it.</summary>
    public async Task<Answer> Get(string below = "")
    {
        using var response = await Http.GetAsync($"{Root}/{Id}{below}");
        return await Answer.Read(response);
    }

    public async Task<JsonObject> Chat() => (await Get()).Succeeded().Body["chat"]!.AsObject();

    /// <summary>The types of the messages that an index, or its absence, brings.</summary>
    public async Task<string[]> Types(string query = "") =>
        [.. (await Get($"/messages{query}")).Succeeded().Body["messages"]!.AsArray().Select(m => m!["type"]!.GetValue<string>())];

    /// <summary>The texts among them.</summary>
    public async Task<string[]> Texts(string query = "")
    {
        var messages = (await Get($"/messages{query}")).Succeeded().Body["messages"]!.AsArray();
        return [.. messages.Select(m => m!["text"]?.GetValue<string>()).OfType<string>()];
    }

    public void Dispose() => Http.Dispose();
}
