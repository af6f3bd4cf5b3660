using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>Bayeux over one WebSocket.</summary>
public sealed class SocketWay(HttpWire wire, string path, BrowserCookies cookies) : IBayeuxWay
{
    private const int LargestPayload = 8 * 1024 * 1024;
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(15);

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private Task reading = Task.CompletedTask;

    public string Name => "websocket";

    public async Task OpenAsync(Action<JsonArray> read, CancellationToken cancel)
    {
        var cookie = cookies.Header;
        if (wire.Credentials is var (name, value))
        {
            if (name == "Cookie") cookie = cookie is null ? value : $"{value}; {cookie}";
            else socket.Options.SetRequestHeader(name, value);
        }
        if (cookie is not null) socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        var scheme = wire.Service.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(OpenPatience);
        try
        {
            await socket.ConnectAsync(new UriBuilder(wire.Service) { Scheme = scheme, Path = path }.Uri, patience.Token);
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            if (socket.HttpStatusCode == System.Net.HttpStatusCode.Unauthorized) wire.SignInAgain();
            throw new IOException(broken.Message, broken);
        }
        if (socket.HttpResponseHeaders?.TryGetValue("Set-Cookie", out var given) == true) cookies.Take(given);
        reading = Task.Run(() => ReadAsync(read, cancel), CancellationToken.None);
    }

    public async Task SendAsync(JsonArray payload, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(
                Encoding.UTF8.GetBytes(payload.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        catch (Exception broken) when (broken is WebSocketException or ObjectDisposedException)
        {
            throw new IOException(broken.Message, broken);
        }
        finally
        {
            sending.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        socket.Abort();
        await reading;
        socket.Dispose();
    }

    private async Task ReadAsync(Action<JsonArray> read, CancellationToken cancel)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(LargestPayload, buffer.Length * 2));
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                    length += part.Count;
                }
                while (!part.EndOfMessage && length < LargestPayload);
                if (part.MessageType == WebSocketMessageType.Close) break;
                if (JsonNode.Parse(buffer.AsSpan(0, length)) is JsonArray payload) read(payload);
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException or JsonException)
        {
            // whoever waits for an answer is told below
        }
        read([new JsonObject { ["channel"] = BayeuxLine.Broken }]);
    }
}
