using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Parley.Bench.Push.Loop;

/// <summary>A WebSocket client with the least that a generator needs: whole text frames, pings, closes.</summary>
internal sealed class WebSocketConnection : Connection
{
    private const byte Final = 0x80;
    private const byte Text = 1;
    private const byte CloseCode = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;
    private const byte Masked = 0x80;

    private readonly IWebSocketPlayer player;
    private bool isUpgraded;

    public WebSocketConnection(EventLoop loop, IPEndPoint server, string path, IWebSocketPlayer player) : base(loop, server)
    {
        this.player = player;
        Send(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: UGFybGV5LkJheWV1eC4uLg==\r\n\r\n"));
    }

    public void SendText(ReadOnlySpan<byte> payload) => SendFrame(Text, payload);

    /// <summary>Asks the server to close; its answer is <see cref="IWebSocketPlayer.Closed"/>.</summary>
    public void AskToClose() => SendFrame(CloseCode, [0x03, 0xE8]);

    protected override void Lost(string how) => player.Lost(how);

    protected override int ReadMessage(ReadOnlySpan<byte> bytes)
    {
        if (!isUpgraded) return ReadUpgrade(bytes);

        if (!TryReadHeader(bytes, out var start, out var length) || bytes.Length < start + length) return 0;
        var payload = bytes.Slice(start, length);
        switch (bytes[0])
        {
            case Final | Text:
                player.Heard(payload);
                break;
            case Final | CloseCode:
                Close();
                player.Closed();
                break;
            case Final | Ping:
                SendFrame(Pong, payload);
                break;
            case Final | Pong:
                break;
            default:
                Close();
                player.Lost($"a frame that starts with {bytes[0]:x2}");
                break;
        }
        return start + length;
    }

    private int ReadUpgrade(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        if (bytes.StartsWith("HTTP/1.1 101"u8))
        {
            isUpgraded = true;
            player.Upgraded();
        }
        else
        {
            Close();
            player.Lost("upgrade refused");
        }
        return end + 4;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, out int start, out int length)
    {
        (start, length) = (2, 0);
        if (bytes.Length < 2) return false;
        length = bytes[1];
        if (length < 126) return true;
        start = length == 126 ? 4 : 10;
        if (bytes.Length < start) return false;
        length = length == 126
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])
            : checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]));
        return true;
    }

    // The mask is zero, so that nothing has to be masked here; servers unmask as ever.
    private void SendFrame(byte code, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = stackalloc byte[8 + payload.Length];
        frame[0] = (byte)(Final | code);
        var start = 2;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(Masked | payload.Length);
        }
        else
        {
            frame[1] = Masked | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)payload.Length));
            start = 4;
        }
        frame.Slice(start, 4).Clear();
        payload.CopyTo(frame[(start + 4)..]);
        Send(frame[..(start + 4 + payload.Length)]);
    }
}

/// <summary>Who is at a WebSocket's client end.</summary>
internal interface IWebSocketPlayer
{
    void Upgraded();

    void Heard(ReadOnlySpan<byte> payload);

    /// <summary>The server closed as it should.</summary>
    void Closed();

    void Lost(string how);
}
