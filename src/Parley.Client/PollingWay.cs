using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>Bayeux over HTTP posts; a held connect is one of them.</summary>
public sealed class PollingWay(HttpWire wire, string path, BrowserCookies cookies) : IBayeuxWay
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Lock reading = new();
    private Action<JsonArray> read = _ => { };

    public string Name => "long-polling";

    public Task OpenAsync(Action<JsonArray> read, CancellationToken cancel)
    {
        this.read = read;
        return Task.CompletedTask;
    }

    public async Task SendAsync(JsonArray payload, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(wire.Service, path))
        {
            Content = new StringContent(payload.ToJsonString(), Json),
        };
        if (cookies.Header is { } header) request.Headers.TryAddWithoutValidation("Cookie", header);
        try
        {
            using var response = await wire.SendRawAsync(request, cancel);
            if (response.Headers.TryGetValues("Set-Cookie", out var given)) cookies.Take(given);
            if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized) wire.SignInAgain();
            if ((int)response.StatusCode != 200) throw new IOException($"HTTP {(int)response.StatusCode} on {path}");
            var answer = JsonNode.Parse(await response.Content.ReadAsByteArrayAsync(cancel)) as JsonArray
                ?? throw new IOException("no array");
            lock (reading) read(answer);
        }
        catch (Exception broken) when (broken is HttpRequestException or SocketException or JsonException)
        {
            throw new IOException(broken.Message, broken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
