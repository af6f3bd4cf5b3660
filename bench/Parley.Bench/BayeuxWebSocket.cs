using System.Net.WebSockets;

namespace Parley.Bench;

/// <summary>Bayeux over one WebSocket.</summary>
internal sealed class BayeuxWebSocket(Uri server, Credentials who, Faults faults) : IBayeuxTransport
{
    private const int LargestPayload = 4 * 1024 * 1024;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);
    private Task reading = Task.CompletedTask;

    public string Name => "websocket";

    public async Task OpenAsync(PayloadReader read, CancellationToken cancel)
    {
        var (header, value) = who.Header;
        socket.Options.SetRequestHeader(header, value);
        socket.Options.Proxy = null;
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = BayeuxClient.Path }.Uri, cancel);
        reading = Task.Run(() => ReadAsync(read, cancel), CancellationToken.None);
    }

    public async Task SendAsync(byte[] payload, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(payload, WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        catch (WebSocketException broken)
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
        sending.Dispose();
    }

    private async Task ReadAsync(PayloadReader read, CancellationToken cancel)
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
                if (part.MessageType == WebSocketMessageType.Close) return;
                read(buffer.AsSpan(0, length));
            }
        }
        catch (Exception broken) when (broken is WebSocketException or OperationCanceledException)
        {
            if (socket.State != WebSocketState.Aborted) faults.Add($"websocket: {broken.Message}");
        }
    }
}
