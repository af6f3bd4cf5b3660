using System.Net.WebSockets;

namespace Parley.Bayeux.Transports;

/// <summary>The writing half: one frame at a time, and what gathers meanwhile is joined into the next.</summary>
internal sealed partial class WebSocketConnection
{
    private readonly SemaphoreSlim writing = new(1, 1);
    private bool closeSent;

    /// <summary>
    /// Writes everything there is to say: events, then answers of released connects, then these replies; then closes.
    /// </summary>
    private async Task Flush(ReplyBuffer? replies)
    {
        await writing.WaitAsync();
        try
        {
            while (!isOver && !closeSent && await WriteFrame(replies))
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

    /// <summary>Writes one frame; true if more events wait.</summary>
    private async ValueTask<bool> WriteFrame(ReplyBuffer? replies)
    {
        var from = session;
        var events = from?.TakeFor(this) ?? default;
        try
        {
            if (events.LeftSome)
            {
                await Send(events, replies: null);
                return true;
            }
            if (TakeReleased() is { } connect) await SendReleased(events, connect, replies);
            else await Send(events, replies);
            return false;
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
        frame.Room(events.Bytes + events.Count + (replies?.Length ?? 0) + 2);
        Frame.Write(frame, events, replies);
        await Send(frame.Written);
    }

    private async ValueTask Send(ReadOnlyMemory<byte> payload)
    {
        var send = socket.SendAsync(
            payload, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
        if (send.IsCompletedSuccessfully) return;

        var watch = new StallWatch(Cut);
        watch.Start(server);
        try
        {
            await send;
        }
        finally
        {
            server.Wheel.Cancel(watch);
        }
    }

    private async ValueTask SendReleased(TakenEvents events, Release release, ReplyBuffer? replies)
    {
        using var all = new ReplyBuffer();
        if (release.Connect is { } connect) Meta.Connect.Answer(server, all, connect, release.End);
        else all.Farewell();
        if (replies is { Length: > 0 }) all.Append(replies);
        try
        {
            await Send(events, all);
        }
        finally
        {
            release.Connect?.Session.ConnectAnswered(release.Connect.Number);
        }
    }

    private async Task SendClose(Closing reason)
    {
        closeSent = true;
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(reason.Status, reason.Reason, CancellationToken.None);
        After(goodbye, server.Options.CloseTimeout);
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
