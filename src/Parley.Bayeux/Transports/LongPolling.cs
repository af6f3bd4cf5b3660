using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.Bayeux.Transports;

/// <summary><c>long-polling</c>: the body of a POST is a payload, and so is the body of its answer.</summary>
internal sealed class LongPolling(BayeuxOptions options) : IPollingEnvelope
{
    public string ConnectionType => "long-polling";

    public bool DeliversWithConnectsOnly => false;

    public async ValueTask<HttpRefusal?> Read(HttpContext context, PooledBuffer payload, List<BayeuxMessage> messages)
    {
        if (!IsUtf8(context.Request.ContentType)) return HttpRefusal.Charset;
        try
        {
            if (!await TryReadBody(context, payload)) return HttpRefusal.TooLarge;
        }
        catch (InvalidDataException)
        {
            return HttpRefusal.Payload; // the host's decompression cannot read it
        }

        var fault = BayeuxReader.Read(payload.Written, options.MaxMessagesPerPayload, messages);
        return fault is PayloadFault.None ? null : HttpRefusal.Payload;
    }

    public void Describe(HttpResponse response) => response.ContentType = "application/json";

    public void Write(PooledBuffer body, TakenEvents events, ReplyBuffer replies) => Frame.Write(body, events, replies);

    // What counts is what comes out of a decompression: the declared length is that of the compressed body.
    private async Task<bool> TryReadBody(HttpContext context, PooledBuffer body)
    {
        var most = options.MaxMessageSize;
        if (context.Request.ContentLength > most) return false;

        while (true)
        {
            var count = await context.Request.Body.ReadAsync(body.Room(1024), context.RequestAborted);
            if (count == 0) return true;
            body.Advance(count);
            if (body.Length > most) return false;
        }
    }

    private static bool IsUtf8(string? contentType) =>
        contentType == "application/json"
            || !MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
