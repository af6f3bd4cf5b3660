using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>Answers to HTTP requests as a whole. To clients every status but 200 is a failure of the transport.</summary>
internal static class HttpAnswers
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>A status, and for the reader of a trace one unsuccessful message without a channel.</summary>
    public static Task Fail(HttpContext context, HttpRefusal refusal)
    {
        using var body = new PooledBuffer();
        body.Write("[{\"successful\":false,\"error\":\""u8);
        body.WriteAscii(refusal.Error);
        body.Write("\"}]"u8);

        Prepare(context, refusal.Status);
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(body.Written.ToArray()).AsTask();
    }

    /// <summary>
    /// The server stops. Without a body: Faye's client takes any JSON for replies, whatever the status, and would wait for one
    /// with the id of its request instead of trying again.
    /// </summary>
    public static Task Stopping(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        Prepare(context, StatusCodes.Status503ServiceUnavailable);
        return Task.CompletedTask;
    }

    /// <summary>A second connect came: this one gets no body and no events.</summary>
    public static void Superseded(HttpContext context, BayeuxOptions options) =>
        context.Response.StatusCode = options.DuplicateConnectStatus;

    /// <summary>200 with events first, then replies: clients connect again while they read the connect's reply.</summary>
    public static async Task Send(
        HttpContext context, IPollingEnvelope envelope, TakenEvents events, ReplyBuffer replies, BayeuxServer server)
    {
        using var body = new PooledBuffer();
        var size = events.Bytes + events.Count + replies.Length + 2;
        body.Room(size);
        envelope.Write(body, events, replies);

        Prepare(context, StatusCodes.Status200OK);
        envelope.Describe(context.Response);
        context.Response.ContentLength = body.Length;
        for (var at = 0; at < body.Length; at += ChunkSize)
        {
            var chunk = body.Written.Slice(at, Math.Min(ChunkSize, body.Length - at));
            var write = context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            if (write.IsCompletedSuccessfully) write.GetAwaiter().GetResult();
            else await Watched(write, context, server);
        }
    }

    private static async Task Watched(ValueTask write, HttpContext context, BayeuxServer server)
    {
        using var watch = new StallWatch(server, context.Abort);
        await write;
    }

    private static void Prepare(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
    }
}
