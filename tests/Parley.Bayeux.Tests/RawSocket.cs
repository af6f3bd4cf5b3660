using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Bayeux.Tests;

/// <summary>A client that says exactly what a test tells it, over WebSocket.</summary>
public sealed class RawSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private int lastId;

    public string ClientId { get; set; } = "";

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    /// <summary>The subprotocol the server chose.</summary>
    public string? SubProtocol => socket.SubProtocol;

    public static Task<RawSocket> Connect(TestHost host, string? user = null, params (string Name, string Value)[] headers) =>
        Connect(host, options =>
        {
            if (user is not null) options.SetRequestHeader("X-User", user);
            foreach (var (name, value) in headers) options.SetRequestHeader(name, value);
        });

    public static async Task<RawSocket> Connect(
        TestHost host, Action<ClientWebSocketOptions> configure, HttpMessageInvoker? over = null)
    {
        var raw = new RawSocket();
        configure(raw.socket.Options);
        await raw.socket.ConnectAsync(host.WebSocketAddress, over, CancellationToken.None);
        return raw;
    }

    public static async Task<RawSocket> Connect(Uri address)
    {
        var raw = new RawSocket();
        await raw.socket.ConnectAsync(address, CancellationToken.None);
        return raw;
    }

    /// <summary>A socket whose session has had its first connect.</summary>
    public static async Task<RawSocket> Open(TestHost host, params string[] subscriptions)
    {
        var raw = await Connect(host);
        await raw.Handshake();
        foreach (var channel in subscriptions) await raw.Ask("/meta/subscribe", $",\"subscription\":\"{channel}\"");
        await raw.Ask("/meta/connect");
        return raw;
    }

    public async Task<JsonObject> Handshake()
    {
        await Send("""[{"channel":"/meta/handshake","id":"0"}]""");
        var reply = (await Receive())[0]!.AsObject();
        ClientId = (string?)reply["clientId"] ?? "";
        return reply;
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public Task Send(byte[] bytes, WebSocketMessageType type) =>
        socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);

    /// <summary>Sends a frame that does not end its message.</summary>
    public Task SendPart(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);

    public string Message(string channel, string more = "") =>
        $$"""{"channel":"{{channel}}","id":"{{++lastId}}","clientId":"{{ClientId}}"{{more}}}""";

    /// <summary>Sends one message and reads the next frame.</summary>
    public async Task<JsonArray> Ask(string channel, string more = "")
    {
        await Send($"[{Message(channel, more)}]");
        return await Receive();
    }

    public async Task<JsonArray> Receive() => JsonNode.Parse(await ReceiveText())!.AsArray();

    public async Task<string> ReceiveText() =>
        await ReceiveOrClose() ?? throw new InvalidOperationException($"The server closed: {socket.CloseStatusDescription}");

    /// <summary>Reads until the server closes; the status it gave.</summary>
    public async Task<int> Closed()
    {
        while (await ReceiveOrClose() is not null)
        {
            // what comes before the close is not asked for
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return (int)socket.CloseStatus!;
    }

    /// <summary>Lost without a word.</summary>
    public void Abort() => socket.Abort();

    public void Dispose() => socket.Dispose();

    /// <summary>The next frame; null if the server closes instead.</summary>
    public async Task<string?> ReceiveOrClose()
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, patience.Token);
            if (part.MessageType is WebSocketMessageType.Close) return null;
            text.Write(buffer, 0, part.Count);
            if (part.EndOfMessage) return Encoding.UTF8.GetString(text.ToArray());
        }
    }
}
