using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests;

/// <summary>A client that says exactly what a test tells it, over long-polling.</summary>
public sealed class Polling(HttpClient http, string? user = null)
{
    private int lastId;

    public string ClientId { get; private set; } = "";

    /// <summary>Posts the text; any answer.</summary>
    public Task<HttpResponseMessage> Post(string json, string suffix = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, http.BaseAddress + suffix)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        if (user is not null) request.Headers.Add("X-User", user);
        return http.SendAsync(request);
    }

    /// <summary>Posts the text and reads the messages of a 200.</summary>
    public async Task<JsonArray> Send(string json)
    {
        using var response = await Post(json);
        Assert.Equal(200, (int)response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonArray>())!;
    }

    public async Task<JsonObject> Handshake()
    {
        var reply = await Send(
            """[{"channel":"/meta/handshake","id":"0","version":"1.0","supportedConnectionTypes":["long-polling"]}]""");
        ClientId = (string?)reply[0]!["clientId"] ?? "";
        return reply[0]!.AsObject();
    }

    /// <summary>Goes on as the client of that session.</summary>
    public void Adopt(string clientId) => ClientId = clientId;

    /// <summary>A session that has had its first connect.</summary>
    public async Task<Polling> Open(params string[] subscriptions)
    {
        await Handshake();
        foreach (var channel in subscriptions) await Subscribe(channel);
        await Connect();
        return this;
    }

    public Task<JsonArray> Connect(string more = "") =>
        Send($"[{Message("/meta/connect", $$""","connectionType":"long-polling"{{more}}""")}]");

    public Task<JsonArray> Subscribe(string channel) =>
        Send($"[{Message("/meta/subscribe", $$""","subscription":"{{channel}}" """)}]");

    public Task<JsonArray> Disconnect() => Send($"[{Message("/meta/disconnect")}]");

    public Task<JsonArray> Publish(string channel, string data) => Send($"[{Message(channel, ",\"data\":" + data)}]");

    /// <summary>One message of this session as JSON text.</summary>
    public string Message(string channel, string more = "") =>
        $$"""{"channel":"{{channel}}","id":"{{++lastId}}","clientId":"{{ClientId}}"{{more}}}""";
}
