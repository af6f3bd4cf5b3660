using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests;

/// <summary>A client over either transport, for tests to which that makes no difference.</summary>
internal sealed class Client : IDisposable
{
    private readonly Polling? polling;
    private readonly RawSocket? socket;
    private readonly HttpClient? http;

    private Client(HttpClient http, string? user) => (this.http, polling) = (http, new Polling(http, user));

    private Client(RawSocket socket) => this.socket = socket;

    public string ClientId => polling?.ClientId ?? socket!.ClientId;

    /// <summary>The answer to its handshake.</summary>
    public JsonArray Opening { get; private set; } = [];

    /// <summary>A client that has had its handshake, with this <c>ext</c>.</summary>
    public static async Task<Client> Open(TestHost host, bool overWebSocket, string? user = null, string ext = "{}")
    {
        var client = overWebSocket ? new Client(await RawSocket.Connect(host, user)) : new Client(host.NewHttp(), user);
        client.Opening = await client.Handshake(ext);
        return client;
    }

    /// <summary>Sends one message; what comes first: events, its reply, or both.</summary>
    public async Task<JsonArray> Ask(string channel, string more = "") =>
        polling is not null ? await polling.Send($"[{polling.Message(channel, more)}]") : await socket!.Ask(channel, more);

    /// <summary>Sends one message and gives what comes up to and with its reply.</summary>
    public async Task<List<JsonNode>> Until(string channel, string more = "")
    {
        var heard = (await Ask(channel, more)).Select(m => m!).ToList();
        while (!heard.Exists(m => (string?)m["channel"] == channel && m["successful"] is not null && m["data"] is null))
            heard.AddRange((await socket!.Receive()).Select(m => m!));
        return heard;
    }

    /// <summary>Sends a connect, which acknowledges that batch; what comes first.</summary>
    public Task<JsonArray> Connect(int? ack, string more = "") =>
        Ask("/meta/connect", (ack is null ? "" : $",\"ext\":{{\"ack\":{ack}}}") + more);

    /// <summary>What comes next of itself, over WebSocket.</summary>
    public Task<JsonArray> Receive() => socket!.Receive();

    public void Dispose()
    {
        socket?.Dispose();
        http?.Dispose();
    }

    private async Task<JsonArray> Handshake(string ext)
    {
        var text = $$"""[{"channel":"/meta/handshake","id":"0","ext":{{ext}}}]""";
        JsonArray replies;
        if (polling is not null)
        {
            replies = await polling.Send(text);
            polling.Adopt((string?)replies[0]!["clientId"] ?? "");
        }
        else
        {
            await socket!.Send(text);
            replies = await socket.Receive();
            socket.ClientId = (string?)replies[0]!["clientId"] ?? "";
        }
        return replies;
    }
}
