using System.Text;
using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>
/// <c>callback-polling</c> (JSONP): <c>GET ?jsonp=CB&amp;message=JSON</c>, answered with the script <c>/**/CB([…])</c>.
/// </summary>
/// <remarks>
/// A page may load scripts of any server, and the browser sends that server's cookies along: a foreign page could handshake
/// as its visitor and read the answers. So these requests are served only to <see cref="OriginRule.AdmitsScript"/>.
/// </remarks>
internal sealed class CallbackPolling : IPollingEnvelope
{
    private const int LongestName = 64;

    private readonly BayeuxOptions options;
    private readonly string callback;

    private CallbackPolling(BayeuxOptions options, string callback) => (this.options, this.callback) = (options, callback);

    public string ConnectionType => "callback-polling";

    public bool DeliversWithConnectsOnly => true;

    /// <summary>The envelope for a request with exactly one legal <c>jsonp</c>; null for any other.</summary>
    public static CallbackPolling? For(HttpRequest request, BayeuxOptions options) =>
        request.Query["jsonp"] is [{ Length: > 0 and <= LongestName } name] && name.All(IsLegal)
            ? new CallbackPolling(options, name)
            : null;

    /// <summary>Reads all <c>message</c> parameters as one payload.</summary>
    public ValueTask<HttpRefusal?> Read(HttpContext context, PooledBuffer payload, List<BayeuxMessage> messages) =>
        new(Read(context.Request.Query["message"].ToArray(), payload, messages));

    public void Describe(HttpResponse response)
    {
        response.ContentType = "text/javascript; charset=utf-8";
        // Opened as a document it is saved and not run; script elements do not look at it.
        response.Headers.ContentDisposition = "attachment; filename=\"f.txt\"";
    }

    public void Write(PooledBuffer body, TakenEvents events, ReplyBuffer replies)
    {
        using var frame = new PooledBuffer();
        Frame.Write(frame, events, replies);

        // The comment keeps the callback's name from being the first bytes of something that is no script.
        body.Write("/**/"u8);
        body.WriteAscii(callback);
        body.Write("("u8);
        WriteAsScript(body, frame.Written.Span);
        body.Write(")"u8);
    }

    private HttpRefusal? Read(string?[] texts, PooledBuffer payload, List<BayeuxMessage> messages)
    {
        if (texts.Length == 0) return HttpRefusal.Request;
        if (texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text ?? "")) > options.MaxMessageSize) return HttpRefusal.TooLarge;

        foreach (var text in texts) payload.Write(Encoding.UTF8.GetBytes(text ?? ""));
        var at = 0;
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetByteCount(text ?? "");
            var fault = BayeuxReader.Read(payload.Written.Slice(at, length), options.MaxMessagesPerPayload, messages);
            if (fault is not PayloadFault.None) return HttpRefusal.Payload;
            at += length;
        }
        return null;
    }

    // U+2028 and U+2029 end a line in older JavaScript, even within a text. In JSON they occur nowhere else.
    private static void WriteAsScript(PooledBuffer body, ReadOnlySpan<byte> json)
    {
        for (int at; (at = NextSeparator(json)) >= 0; json = json[(at + 3)..])
        {
            body.Write(json[..at]);
            body.Write(json[at + 2] == 0xA8 ? "\\u2028"u8 : "\\u2029"u8);
        }
        body.Write(json);
    }

    private static int NextSeparator(ReadOnlySpan<byte> json)
    {
        var line = json.IndexOf("\u2028"u8);
        var paragraph = json.IndexOf("\u2029"u8);
        return line < 0 ? paragraph : paragraph < 0 ? line : Math.Min(line, paragraph);
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
