using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Bayeux.Tests;

/// <summary>A bare TCP connection that reads no more than a test asks for.</summary>
public sealed class RawWire : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 * 1024, NoDelay = true };

    public static async Task<RawWire> Open(TestHost host)
    {
        var wire = new RawWire();
        await wire.socket.ConnectAsync(host.Address.Host, host.Address.Port);
        return wire;
    }

    public Task Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public async Task Write(byte[] bytes) => await socket.SendAsync(bytes);

    /// <summary>Posts a whole payload.</summary>
    public Task Post(string json, string headers = "") =>
        Write($"POST /bayeux HTTP/1.1\r\nHost: a\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Asks for a WebSocket; the head of the answer.</summary>
    public async Task<string> Upgrade(string headers = "")
    {
        await Write(
            "GET /bayeux HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n{headers}\r\n");
        return await ReadHead();
    }

    /// <summary>Sends a WebSocket message of up to 125 bytes; what a mask of zeros leaves is the text itself.</summary>
    public Task WriteFrame(string text) =>
        Write([0x81, (byte)(0x80 | text.Length), 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(text)]);

    /// <summary>Reads a WebSocket message of up to 64 KiB.</summary>
    public async Task<string> ReadFrame()
    {
        await ReadByte();
        var length = await ReadByte();
        return await ReadText(length < 126 ? length : (await ReadByte() * 256) + await ReadByte());
    }

    public async Task<string> ReadText(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length) text.Append((char)await ReadByte());
        return text.ToString();
    }

    /// <summary>Reads the body of an answer.</summary>
    public async Task<string> ReadBody()
    {
        var head = await ReadHead();
        return await ReadText(int.Parse(Regex.Match(head, "Content-Length: ([0-9]+)").Groups[1].ValueSpan));
    }

    /// <summary>Reads the status line and the headers of an answer.</summary>
    public async Task<string> ReadHead()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)) head.Append((char)await ReadByte());
        return head.ToString();
    }

    public async Task<int> ReadByte()
    {
        var one = new byte[1];
        return await Read(one) == 1 ? one[0] : throw new EndOfStreamException();
    }

    /// <summary>Reads and forgets up to <paramref name="count"/> bytes; how many came before the connection ended.</summary>
    public async Task<long> Skip(long count)
    {
        var buffer = new byte[64 * 1024];
        var skipped = 0L;
        while (skipped < count)
        {
            var read = await Read(buffer.AsMemory(0, (int)Math.Min(buffer.Length, count - skipped)));
            if (read == 0) break;
            skipped += read;
        }
        return skipped;
    }

    public void Dispose() => socket.Dispose();

    private async Task<int> Read(Memory<byte> buffer)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        try
        {
            return await socket.ReceiveAsync(buffer, patience.Token);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
