using System.Buffers.Text;
using System.Net;

namespace Parley.Bench.Push.Loop;

/// <summary>An HTTP/1.1 client connection that is kept alive: one request after the other, answers with a known length.</summary>
internal sealed class HttpConnection(EventLoop loop, IPEndPoint server, IHttpPlayer player) : Connection(loop, server)
{
    protected override void Lost(string how) => player.Lost(how);

    protected override int ReadMessage(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0) return 0;
        var head = bytes[..(end + 2)];
        if (!TryReadLength(head, out var length))
        {
            Close();
            player.Lost("an answer without its length");
            return bytes.Length;
        }
        if (bytes.Length < end + 4 + length) return 0;

        if (head.StartsWith("HTTP/1.1 200"u8))
        {
            player.Answered(this, head, bytes.Slice(end + 4, length));
        }
        else
        {
            Close();
            player.Lost("HTTP status " + System.Text.Encoding.ASCII.GetString(head.Slice(9, 3)));
        }
        return end + 4 + length;
    }

    private static bool TryReadLength(ReadOnlySpan<byte> head, out int length)
    {
        length = 0;
        var at = head.IndexOf("\r\nContent-Length: "u8);
        return at >= 0 && Utf8Parser.TryParse(head[(at + 18)..], out length, out _);
    }
}

/// <summary>Who sends requests.</summary>
internal interface IHttpPlayer
{
    /// <summary>An answer with status 200.</summary>
    void Answered(HttpConnection connection, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body);

    void Lost(string how);
}
