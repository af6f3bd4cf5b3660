using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux.Transports;

/// <summary>
/// One WebSocket: payloads are read one at a time, the next when the previous is done. While nothing arrives it owns no buffer.
/// </summary>
internal sealed partial class WebSocketConnection : ISessionEndpoint, IThreadPoolWorkItem, IDisposable
{
    private readonly WebSocket socket;
    private readonly HttpContext context;
    private readonly BayeuxServer server;
    private readonly ILogger log;
    private readonly DeadlineTimer idle;
    private readonly DeadlineTimer goodbye;
    private volatile BayeuxSession? session;
    private long lastMessage;

    public WebSocketConnection(WebSocket socket, HttpContext context, BayeuxServer server)
    {
        (this.socket, this.context, this.server, log) = (socket, context, server, server.Log);
        idle = new DeadlineTimer(CloseIfIdle);
        goodbye = new DeadlineTimer(SayGoodbye);
    }

    public string ConnectionType => "websocket";

    /// <summary>Serves the connection until it is closed by either side or lost. The session stays.</summary>
    public async Task Run()
    {
        lastMessage = server.Wheel.Now;
        After(idle, server.Options.IdleTimeout);
        try
        {
            await using (server.Stopping.UnsafeRegister(
                static me => ((WebSocketConnection)me!).AskToClose(Closing.Stopping), this))
            {
                while (await Receive())
                {
                    // one payload after the other
                }
                await AnswerClose();
            }
        }
        catch (Exception e) when (IsLoss(e))
        {
            // Gone without a word, and the client comes back on another connection; or the framework refused what is no
            // text at all or no WebSocket, and its close must reach the client before the connection goes.
            session?.Detach(this);
            if (e is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted }) await ClientLeaves();
        }
        finally
        {
            isOver = true;
            server.Wheel.Cancel(idle);
            server.Wheel.Cancel(goodbye);
            session?.Detach(this);
        }
    }

    public void Dispose() => writing.Dispose();

    /// <summary>Reads and processes one payload; false if the client closes.</summary>
    private async Task<bool> Receive()
    {
        // A read of nothing waits without a buffer.
        var begin = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (begin.MessageType is WebSocketMessageType.Close) return false;

        using var payload = new PooledBuffer();
        for (var end = begin.EndOfMessage; !end;)
        {
            var part = await socket.ReceiveAsync(payload.Room(1024), CancellationToken.None);
            if (part.MessageType is WebSocketMessageType.Close) return false;
            end = part.EndOfMessage;
            if (!IsClosing) payload.Advance(part.Count); // what comes after the last word is read and forgotten
            if (payload.Length > server.Options.MaxMessageSize) AskToClose(Closing.TooLarge);
        }
        if (begin.MessageType is WebSocketMessageType.Binary) AskToClose(Closing.Binary);
        if (!IsClosing) await Process(payload);
        return true;
    }

    private async Task Process(PooledBuffer payload)
    {
        var messages = new List<BayeuxMessage>();
        var fault = BayeuxReader.Read(payload.Written, server.Options.MaxMessagesPerPayload, messages);
        if (fault is PayloadFault.Empty) return; // Faye's clients before 1.3 send it to see whether the connection lives
        if (fault is not PayloadFault.None)
        {
            AskToClose(Closing.For(fault));
            return;
        }

        using var exchange = new Exchange(server, context, this);
        if (Identify(exchange, messages[0]) is { } early)
        {
            AskToClose(early);
            return;
        }
        try
        {
            foreach (var message in messages) await exchange.Process(message);
            if (exchange.Started is { } started) Bind(started);
            if (session is not null) lastMessage = server.Wheel.Now;
            await Flush(exchange.Replies, exchange.Answered);
        }
#pragma warning disable CA1031 // a broken policy costs the connection, not the session
        catch (Exception e) when (!IsLoss(e))
#pragma warning restore CA1031
        {
            LogFailed(e);
            AskToClose(Closing.Failed);
        }
        finally
        {
            exchange.Written();
        }
    }

    /// <summary>
    /// The session of a payload is the connection's; a connection without one resumes the session its first message names. One
    /// that came too early for that is to be closed without an answer: the client says the same again over the next.
    /// </summary>
    private Closing? Identify(Exchange exchange, BayeuxMessage first)
    {
        if (first.Channel is BayeuxMessage.Handshake) return null;

        if (session is { IsLive: true } bound)
        {
            exchange.Session = bound;
        }
        else if (!server.Options.RequireHandshakePerConnection && server.Find(first.ClientId) is { } named)
        {
            var claim = SessionClaim.Of(named, context, server.Options);
            exchange.IsForeign = claim is ClaimVerdict.Foreign;
            if (claim is ClaimVerdict.Unknown && SessionClaim.IsEarly(named, context)) return Closing.Early;
            if (claim is not ClaimVerdict.Granted) return null;
            Bind(named);
            exchange.Session = named;
        }
        return null;
    }

    private void Bind(BayeuxSession next)
    {
        if (session is { } previous && !ReferenceEquals(previous, next)) previous.Detach(this);
        session = next;
        server.Wheel.Cancel(goodbye);
        next.Attach(this);
    }

    private async Task ClientLeaves()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var patience = new DeadlineTimer(() => left.TrySetResult());
        server.Wheel.Schedule(patience, DueIn(server.Options.CloseTimeout));
        await using (context.RequestAborted.UnsafeRegister(static task => ((TaskCompletionSource)task!).TrySetResult(), left))
        {
            await left.Task;
        }
        server.Wheel.Cancel(patience);
    }

    private void CloseIfIdle()
    {
        if (isOver) return;
        var due = lastMessage + (long)server.Options.IdleTimeout.TotalMilliseconds;
        if (session?.HoldsConnect == true) After(idle, server.Options.IdleTimeout);
        else if (due > server.Wheel.Now) At(idle, due);
        else AskToClose(Closing.Idle);
    }

    private void After(DeadlineTimer timer, TimeSpan delay) => At(timer, DueIn(delay));

    private long DueIn(TimeSpan delay) => server.Wheel.Now + (long)delay.TotalMilliseconds;

    private void At(DeadlineTimer timer, long due)
    {
        server.Wheel.Schedule(timer, due);
        if (isOver) server.Wheel.Cancel(timer); // it was over meanwhile, and has cancelled what there was
    }

    private static bool IsLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException;

    [LoggerMessage(20, LogLevel.Error, "A WebSocket payload failed.")]
    private partial void LogFailed(Exception e);

    private sealed class DeadlineTimer(Action fire) : WheelTimer
    {
        public override void Fire() => fire();
    }
}
