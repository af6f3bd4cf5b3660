namespace Parley.Bayeux.Transports;

/// <summary>
/// The signals: whoever has something to say to the client leaves a note and wakes the pump, which never runs more
/// than once at a time.
/// </summary>
internal sealed partial class WebSocketConnection
{
    private const int PumpIdle = 0;
    private const int PumpRunning = 1;
    private const int PumpMustRunAgain = 2;

    private readonly Lock notes = new();
    private HeldConnect? released;
    private ConnectEnd releasedBy;
    private Closing? closing;
    private bool farewell;
    private bool isToldByConnect;
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
                lock (notes) (farewell, isToldByConnect) = (!isToldByConnect, false);
                After(goodbye, server.Options.CloseTimeout);
                Wake();
                break;
            case ConnectEnd.Disconnected:
                After(goodbye, server.Options.CloseTimeout);
                break;
            default:
                AskToClose(
                    end is ConnectEnd.TooSlow ? Closing.TooSlow
                    : end is ConnectEnd.Expired ? Closing.Expired
                    : Closing.Stopping);
                break;
        }
    }

    public void Replaced()
    {
        session = null;
        AskToClose(Closing.Replaced);
    }

    /// <summary>The pump's run, on whatever thread.</summary>
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
            if (was == PumpIdle) Gathering.Run(this, session);
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
                await Flush(replies: null, answered: null);
            }
#pragma warning disable CA1031 // nobody awaits the pump
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (!IsLoss(e)) LogFailed(e);
                if (IsLoss(e) || IsClosing) Cut();
                else AskToClose(Closing.Failed);
            }
        }
        while (Interlocked.CompareExchange(ref pump, PumpIdle, PumpRunning) != PumpRunning);
    }

    private Release? TakeReleased()
    {
        lock (notes)
        {
            if (released is null && !farewell) return null;
            var taken = new Release(released, farewell ? ConnectEnd.DisconnectedByHost : releasedBy);
            released = null;
            farewell = false;
            return taken;
        }
    }

    /// <summary>What the pump owes to a connect that ended; without a connect, only the word that the session did.</summary>
    private sealed record Release(HeldConnect? Connect, ConnectEnd End);
}
