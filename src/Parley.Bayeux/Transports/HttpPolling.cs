using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux.Transports;

/// <summary>
/// Polling, whatever the envelope: each request is a payload, its answer the replies and whatever waits for the session. A
/// connect alone in its request may be held, and then ends as <see cref="ConnectEnd"/> lists.
/// </summary>
internal sealed class HttpPolling(BayeuxServer server)
{
    public async Task Serve(HttpContext context, IPollingEnvelope envelope)
    {
        using var payload = new PooledBuffer();
        var messages = new List<BayeuxMessage>();
        if (await envelope.Read(context, payload, messages) is { } refusal) await HttpAnswers.Fail(context, refusal);
        else await Exchange(context, envelope, messages, payload);
    }

    private async Task Exchange(
        HttpContext context, IPollingEnvelope envelope, List<BayeuxMessage> messages, PooledBuffer payload)
    {
        var poll = new HeldPoll(envelope);
        using var exchange = new Exchange(server, context, poll)
        {
            Hold = messages.Count == 1 ? Holding.Allowed : Holding.Refused,
        };
        Identify(exchange, messages[0]);

        // Events caused by this request ride on its own response, if that carries any.
        var carriesEvents = messages[0].Channel is not BayeuxMessage.Connect && !envelope.DeliversWithConnectsOnly;
        var batch = carriesEvents ? exchange.Session : null;
        batch?.OpenBatch();
        try
        {
            foreach (var message in messages) await exchange.Process(message);
            messages.Clear(); // a connect that waits owns nothing of its request
            payload.Dispose();
            if (exchange.Held is { } held) await AnswerHeld(exchange, held, poll);
            else await Respond(exchange, envelope);
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

    private async Task AnswerHeld(Exchange exchange, HeldConnect held, HeldPoll poll)
    {
        try
        {
            await AnswerWhenEnded(exchange, held, poll);
        }
        finally
        {
            // What follows is the host's own, or the client's next request: not on the thread of whoever published.
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
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
                HttpAnswers.Superseded(context, server.Options);
                break;
            default:
                exchange.Answered = held;
                exchange.Answer(held, end);
                await Respond(exchange, poll.Envelope);
                break;
        }
    }

    private static void Lost(HeldConnect connect) => connect.Session.EndConnect(connect, ConnectEnd.ConnectionLost);

    private async Task Respond(Exchange exchange, IPollingEnvelope envelope)
    {
        var context = exchange.Http;
        var carriesEvents = exchange.Answered is not null || !envelope.DeliversWithConnectsOnly;
        var events = carriesEvents ? exchange.Session?.TakeWith(exchange.Answered) ?? default : default;
        try
        {
            if (context.RequestAborted.IsCancellationRequested) exchange.Session?.PutBack(events);
            else await HttpAnswers.Send(context, envelope, events, exchange.Replies, server);
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

    /// <summary>A request that waits.</summary>
    private sealed class HeldPoll(IPollingEnvelope envelope) : IConnectHolder, IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource<ConnectEnd> ended = new();
        private ConnectEnd how;

        public IPollingEnvelope Envelope => envelope;

        public string ConnectionType => envelope.ConnectionType;

        public Task<ConnectEnd> Ended => ended.Task;

        public void ConnectEnded(HeldConnect connect, ConnectEnd end)
        {
            how = end;
            Gathering.Run(this, connect.Session);
        }

        /// <summary>The request goes on, on whatever thread.</summary>
        void IThreadPoolWorkItem.Execute() => ended.TrySetResult(how);
    }
}
