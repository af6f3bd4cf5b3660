using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.Bayeux.Transports;

/// <summary>
/// <c>long-polling</c>: each POST is a payload, its response the replies and whatever waits for the session. A connect alone in
/// its request may be held, and then ends as <see cref="ConnectEnd"/> lists.
/// </summary>
internal sealed class LongPolling(BayeuxServer server, IBayeuxPolicy policy)
{
    public async Task Serve(HttpContext context)
    {
        if (!IsUtf8(context.Request.ContentType))
        {
            await HttpAnswers.Fail(context, StatusCodes.Status415UnsupportedMediaType, BayeuxErrors.CharsetUnsupported);
            return;
        }

        using var body = new PooledBuffer();
        if (!await TryReadBody(context, body))
        {
            await HttpAnswers.Fail(context, StatusCodes.Status413PayloadTooLarge, BayeuxErrors.MessageTooLarge);
            return;
        }

        var messages = new List<BayeuxMessage>();
        if (BayeuxReader.Read(body.Written, server.Options.MaxMessagesPerPayload, messages) is not PayloadFault.None)
        {
            await HttpAnswers.Fail(context, StatusCodes.Status400BadRequest, BayeuxErrors.PayloadInvalid);
            return;
        }
        await Exchange(context, messages, body);
    }

    private async Task Exchange(HttpContext context, List<BayeuxMessage> messages, PooledBuffer body)
    {
        var poll = new HeldPoll();
        using var exchange = new Exchange(server, policy, context, poll)
        {
            Hold = messages.Count == 1 ? Holding.Allowed : Holding.Refused,
        };
        Identify(exchange, messages[0]);

        // Events caused by this request ride on its own response.
        var batch = messages[0].Channel is BayeuxMessage.Connect ? null : exchange.Session;
        batch?.OpenBatch();
        try
        {
            foreach (var message in messages) await exchange.Process(message);
            body.Dispose();
            if (exchange.Held is { } held) await AnswerWhenEnded(exchange, held, poll);
            else await Respond(exchange);
        }
        finally
        {
            exchange.Written();
            batch?.CloseBatch();
        }
    }

    private void Identify(Exchange exchange, BayeuxMessage first)
    {
        if (first.Channel is BayeuxMessage.Handshake || server.Find(first.ClientId) is not { } session) return;

        var claim = SessionClaim.Of(session, exchange.Http, server.Options);
        exchange.IsForeign = claim is ClaimVerdict.Foreign;
        if (claim is ClaimVerdict.Granted) exchange.Session = session;
    }

    private async Task AnswerWhenEnded(Exchange exchange, HeldConnect held, HeldPoll poll)
    {
        var context = exchange.Http;
        ConnectEnd end;
        await using (context.RequestAborted.UnsafeRegister(static connect => Lost((HeldConnect)connect!), held))
        {
            end = await poll.Ended;
        }

        switch (end)
        {
            case ConnectEnd.ConnectionLost:
                break;
            case ConnectEnd.Superseded:
                HttpAnswers.Superseded(context);
                break;
            case ConnectEnd.ServerStopping:
                await HttpAnswers.Stopping(context);
                break;
            default:
                exchange.Answered = held;
                exchange.Answer(held, end);
                await Respond(exchange);
                break;
        }
    }

    private static void Lost(HeldConnect connect) => connect.Session.EndConnect(connect, ConnectEnd.ConnectionLost);

    private async Task Respond(Exchange exchange)
    {
        var context = exchange.Http;
        var events = exchange.Session?.Take() ?? default;
        try
        {
            if (context.RequestAborted.IsCancellationRequested) exchange.Session?.PutBack(events);
            else await HttpAnswers.Send(context, events, exchange.Replies, server);
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            exchange.Session?.PutBack(events);
            throw;
        }
        finally
        {
            events.Dispose();
        }
    }

    private async Task<bool> TryReadBody(HttpContext context, PooledBuffer body)
    {
        var most = server.Options.MaxMessageSize;
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
        !MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    /// <summary>A request that waits.</summary>
    private sealed class HeldPoll : IConnectHolder
    {
        private readonly TaskCompletionSource<ConnectEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string ConnectionType => "long-polling";

        public Task<ConnectEnd> Ended => ended.Task;

        public void ConnectEnded(HeldConnect connect, ConnectEnd end) => ended.TrySetResult(end);
    }
}
