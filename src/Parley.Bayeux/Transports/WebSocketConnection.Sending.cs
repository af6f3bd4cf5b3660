using System.Net.WebSockets;

namespace Parley.Bayeux.Transports;

/// <summary>
/// The writing half. Whoever has something to say leaves a note and wakes the pump; one frame is written at a time, and what
/// gathers meanwhile is joined into the next.
/// </summary>
internal sealed partial class WebSocketConnection
{
    private const int PumpIdle = 0;
    private const int PumpRunning = 1;
    private const int PumpMustRunAgain = 2;

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock notes = new();
    private HeldConnect? released;
    private ConnectEnd releasedBy;
    private Closing? closing;
    private bool farewell;
    private bool isToldByConnect;
    private bool closeSent;
    private volatile bool isOver;
    private int pump;

    private bool IsClosing => Volatile.Read(ref closing) is not null;

    public void EventsWaiting() => Wake();

    public void ConnectEnded(HeldConnect connect, ConnectEnd end)
    {
        // A connect that is superseded, or whose connection closes, is never answered.
        if (end is ConnectEnd.Superseded or ConnectEnd.ConnectionLost or ConnectEnd.ServerStopping) return;
        lock (notes)
        {
            (released, releasedBy) = (connect, end);
            isToldByConnect = end is ConnectEnd.DisconnectedByHost;
        }
        Wake();
    }

    public void SessionEnded(ConnectEnd end)
    {
        switch (end)
        {
            case ConnectEnd.DisconnectedByHost:
                lock (notes) farewell = !isToldByConnect;
                After(goodbye, server.Options.CloseTimeout);
                Wake();
                break;
            case ConnectEnd.Disconnected:
                After(goodbye, server.Options.CloseTimeout);
                break;
            default:
                AskToClose(end is ConnectEnd.TooSlow ? Closing.TooSlow : end is ConnectEnd.Expired ? Closing.Expired : Closing.Stopping);
                break;
        }
    }

    public void Replaced()
    {
        session = null;
        AskToClose(Closing.Replaced);
    }

    /// <summary>The pump's run on a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute() => _ = Pump();

    private void AskToClose(Closing reason)
    {
        Interlocked.CompareExchange(ref closing, reason, null);
        Wake();
    }

    private void Wake()
    {
        while (!isOver)
        {
            var was = Volatile.Read(ref pump);
            if (was == PumpMustRunAgain) return;
            if (Interlocked.CompareExchange(ref pump, was + 1, was) != was) continue;
            if (was == PumpIdle) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }
    }

    private async Task Pump()
    {
        do
        {
            Interlocked.Exchange(ref pump, PumpRunning);
            try
            {
                await Flush(replies: null);
            }
#pragma warning disable CA1031 // nobody awaits the pump
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!IsLoss(e)) LogFailed(e);
                Cut();
            }
        }
        while (Interlocked.CompareExchange(ref pump, PumpIdle, PumpRunning) != PumpRunning);
    }

    /// <summary>Writes everything there is to say: events, then answers of released connects, then these replies; then closes.</summary>
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
        var send = socket.SendAsync(payload, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None);
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

    private Release? TakeReleased()
    {
        lock (notes)
        {
            if (released is null && !farewell) return null;
            var taken = new Release(released, releasedBy);
            released = null;
            farewell = false;
            return taken;
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

    /// <summary>What the pump owes to a connect that ended; without a connect, only the word that the session did.</summary>
    private sealed record Release(HeldConnect? Connect, ConnectEnd End);
}
