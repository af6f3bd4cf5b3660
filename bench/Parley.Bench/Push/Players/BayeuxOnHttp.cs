using System.Text;
using Parley.Bench.Push.Loop;

namespace Parley.Bench.Push.Players;

/// <summary>
/// A Bayeux client by long-polling: one connection for the course of the session and its polls; a second one, opened by the
/// first publish, for all it has to say while a poll is held.
/// </summary>
internal sealed class BayeuxOnHttp(Crowd crowd, int number) : BayeuxPlayer(crowd, number), IHttpPlayer
{
    private readonly Queue<byte[]> unsaid = [];
    private HttpConnection? poll;
    private HttpConnection? voice;
    private bool isTalking;
    private byte[] head = [];

    protected override string ConnectionType => "long-polling";

    public override void Open()
    {
        head = HeadWith("");
        poll = new HttpConnection(Crowd.Loop, Crowd.Server, this);
        Request(BayeuxWords.Handshake);
    }

    public void Answered(HttpConnection connection, ReadOnlySpan<byte> answerHead, ReadOnlySpan<byte> body)
    {
        ReadCookie(answerHead);
        ReadPayload(body);
        if (connection != voice || connection.IsClosed) return;
        isTalking = unsaid.TryDequeue(out var next);
        if (isTalking) voice.Send(next);
    }

    protected override void Request(byte[] payload) => poll!.Send(Whole(payload));

    protected override void Send(Audience to, ReadOnlySpan<byte> text) =>
        Voice(Whole(Words.Publish(stackalloc byte[LargestPublish], to, text)));

    protected override void SayGoodbye() => Voice(Whole(Words.Disconnect));

    protected override void Disconnected()
    {
        poll!.Close();
        voice!.Close();
        Crowd.StepDone();
    }

    private void Voice(byte[] request)
    {
        voice ??= new HttpConnection(Crowd.Loop, Crowd.Server, this);
        if (isTalking)
        {
            unsaid.Enqueue(request);
            return;
        }
        isTalking = true;
        voice.Send(request);
    }

    private byte[] Whole(ReadOnlySpan<byte> body)
    {
        Span<byte> end = stackalloc byte[16];
        body.Length.TryFormat(end, out var digits);
        "\r\n\r\n"u8.CopyTo(end[digits..]);
        return [.. head, .. end[..(digits + 4)], .. body];
    }

    // Servers that count the polls of a browser know it by this cookie, and give each client of the generator its own.
    private void ReadCookie(ReadOnlySpan<byte> answerHead)
    {
        var name = "\r\nSet-Cookie: "u8;
        var at = answerHead.IndexOf(name);
        if (at < 0) return;
        var cookie = answerHead[(at + name.Length)..];
        head = HeadWith($"Cookie: {Encoding.ASCII.GetString(cookie[..cookie.IndexOfAny(";\r"u8)])}\r\n");
    }

    private byte[] HeadWith(string more) => Encoding.ASCII.GetBytes(
        $"POST /bayeux HTTP/1.1\r\nHost: {Crowd.Server}\r\nContent-Type: application/json\r\n{more}Content-Length: ");
}
