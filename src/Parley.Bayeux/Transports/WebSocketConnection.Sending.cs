using System.Net.WebSockets;

namespace Parley.Bayeux.Transports;

/// <summary>The writing half: one frame at a time, and what gathers meanwhile is joined into the next.</summary>
internal sealed partial class WebSocketConnection
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private bool closeSent;

    /// <summary>
    /// Writes everything there is to say: events, then answers of released connects, then these replies; then closes.
    /// <paramref name="answered"/> is the connect whose answer is among the replies, if one is.
    /// </summary>
    private async Task Flush(ReplyBuffer? replies, HeldConnect? answered)
    {
        await writing.WaitAsync();
        try
        {
            while (!isOver && !closeSent && closing != Closing.Failed && await WriteFrame(replies, answered))
            {
                // more events wait than fit into a frame
            }
            if (!isOver && !closeSent && Volatile.Read(ref closing) is { } reason) await SendClose(reason);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Writes one frame, or all that an answered connect brings; true if more events wait.</summary>
    private async ValueTask<bool> WriteFrame(ReplyBuffer? replies, HeldConnect? answered)
    {
        if (TakeReleased() is { } release)
        {
            await SendReleased(release, replies);
            return false;
        }

        var from = session;
        var events = from?.TakeFor(this, answered) ?? default;
        if (IsElsewhere(answered)) return false;
        try
        {
            if (events.LeftSome) await Send(events, replies: null);
            else await Send(events, replies);
            return events.LeftSome;
        }
        catch
        {
            Cut();
            from?.PutBack(events);
            throw;
        }
        finally
        {
            events.Dispose();
        }
    }

    // An answer closes a batch, so it must not leave without its events, which go where the session is now.
    private bool IsElsewhere(HeldConnect? answered) => answered is { Batch: > 0 } && !answered.Session.IsServedBy(this);

    private async ValueTask Send(TakenEvents events, ReplyBuffer? replies)
    {
        if (replies is null or { Length: 0 })
        {
            if (events.Count == 0) return;
            if (events.Count == 1)
            {
                await Send(events[0].Payload);
                return;
            }
        }

        using var frame = new PooledBuffer();
        Frame.Write(frame, events, replies);
        await Send(frame.Written);
    }

    private async ValueTask Send(ReadOnlyMemory<byte> payload)
    {
        var send = socket.SendAsync(
            payload, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
        if (send.IsCompletedSuccessfully)
        {
            send.GetAwaiter().GetResult();
            return;
        }

        using var watch = new StallWatch(server, Cut);
        await send;
    }

    // What the answer says is decided first: it closes the batch of the events that go before it.
    private async ValueTask SendReleased(Release release, ReplyBuffer? replies)
    {
        using var all = new ReplyBuffer(server);
        if (release.Connect is { } connect) Meta.Connect.Answer(server, all, connect, release.End);
        else all.Farewell();
        if (replies is { Length: > 0 }) all.Append(replies);

        try
        {
            while (await SendBefore(release.Connect, all, replies))
            {
                // more events go before the answer than fit into a frame
            }
        }
        finally
        {
            release.Connect?.Session.ConnectAnswered(release.Connect.Number);
        }
    }

    /// <summary>Writes one frame of the events before an answer, or the last of them with it; true if more events wait.</summary>
    private async ValueTask<bool> SendBefore(HeldConnect? answered, ReplyBuffer all, ReplyBuffer? withoutAnswer)
    {
        var from = answered?.Session ?? session;
        var events = from?.TakeBefore(answered, this) ?? default;
        try
        {
            if (events.LeftSome) await Send(events, replies: null);
            else await Send(events, IsElsewhere(answered) ? withoutAnswer : all);
            return events.LeftSome;
        }
        catch
        {
            Cut();
            from?.PutBack(events);
            throw;
        }
        finally
        {
            events.Dispose();
        }
    }

    private async Task SendClose(Closing reason)
    {
        closeSent = true;
        After(goodbye, server.Options.CloseTimeout);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(reason.Status, reason.Reason, CancellationToken.None);
    }

    /// <summary>The client closed first.</summary>
    private async Task AnswerClose()
    {
        await writing.WaitAsync();
        try
        {
            if (!closeSent) await SendClose(Closing.Disconnected);
        }
        finally
        {
            writing.Release();
        }
    }

    // First the client had its time to close, then to answer the close.
    private void SayGoodbye()
    {
        if (closeSent) Cut();
        else AskToClose(Closing.Disconnected);
    }

    private void Cut()
    {
        isOver = true;
        socket.Abort();
    }
}
