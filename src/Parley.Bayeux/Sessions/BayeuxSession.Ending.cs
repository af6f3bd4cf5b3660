namespace Parley.Bayeux;

/// <summary>How a session goes: disconnected, expired, too slow, or with the server.</summary>
public sealed partial class BayeuxSession
{
    private ConnectEnd endedBy;
    private long lastMessage;

    /// <summary>Raised once when it ends, after it stopped accepting events.</summary>
    public event Action<SessionEnd>? Ended;

    /// <summary>How long ago its client sent anything but a connect, or began.</summary>
    public TimeSpan SinceLastMessage => TimeSpan.FromMilliseconds(server.Wheel.Now - Volatile.Read(ref lastMessage));

    /// <summary>Ends it: what waits for it is sent first, then its client is told to stop.</summary>
    public void Disconnect() => server.Disconnect(this);

    /// <summary>A message other than a connect came: a running expiry is postponed.</summary>
    internal void Heard()
    {
        lock (gate)
        {
            lastMessage = server.Wheel.Now;
            if (isProcessing) return; // of a connect: the bound on that is not to be postponed
            var postponed = lastMessage + (long)LifeWithoutConnect.TotalMilliseconds;
            if (expiresAt is { } due && due < postponed) expiresAt = postponed; // the timer looks again when it fires
        }
    }

    /// <summary>Takes one publish out of the session's allowance and its principal's; false if there is none left.</summary>
    internal bool TrySpendPublish()
    {
        var now = server.Wheel.Now;
        lock (gate)
        {
            if (!publishes.TrySpend(server.Options.Publishes, now)) return false;
        }
        return Household.TrySpendPublish(server.Options.PublishesPerPrincipal, now);
    }

    /// <summary>
    /// Takes changes of so many subscriptions out of the session's allowance; false if there are not as many left.
    /// </summary>
    internal bool TrySpendSubscriptions(int count)
    {
        lock (gate) return subscriptionChanges.TrySpend(server.Options.SubscriptionChanges, server.Wheel.Now, count);
    }

    /// <summary>
    /// Ends the session once: subscriptions are dropped, the held connect and the connection are told. Waiting events are kept
    /// for a last flush only after a disconnect. Null if it had ended before, and otherwise what the host is to be told.
    /// </summary>
    internal SessionEnd? End(ConnectEnd end)
    {
        lock (gate)
        {
            if (!IsOpen || (end is ConnectEnd.Expired && !IsDue)) return null;

            var told = new SessionEnd(ReasonOf(end), queue.Count);

            var unheard = end is ConnectEnd.DisconnectedByHost && held is null && endpoint is null;
            phase = unheard ? Phase.Leaving : Phase.Ended;
            endedBy = end;
            foreach (var name in subscriptions ?? []) server.Index.Remove(name, this);
            subscriptions = null;
            if (end is ConnectEnd.Disconnected or ConnectEnd.DisconnectedByHost) queue.Release();
            else queue.Clear();

            if (unheard) StartExpiry(LifeWithoutConnect);
            else server.Wheel.Cancel(expiry);
            if (lazyTimer is not null) server.Wheel.Cancel(lazyTimer);
            if (held is not null) EndHeld(end);
            endpoint?.SessionEnded(end);
            return told;
        }
    }

    /// <summary>True while the time until its end is running, that is while no connect is held or processed.</summary>
    internal bool IsExpiring
    {
        get
        {
            lock (gate) return expiresAt is not null;
        }
    }

    /// <summary>True while a session disconnected by the host still has to tell its client.</summary>
    internal bool IsLeaving
    {
        get
        {
            lock (gate) return phase is Phase.Leaving;
        }
    }

    /// <summary>True if it ended as it should: its client is not to come back.</summary>
    internal bool WasDisconnected
    {
        get
        {
            lock (gate) return !IsOpen && endedBy is ConnectEnd.Disconnected or ConnectEnd.DisconnectedByHost;
        }
    }

    /// <summary>The client of a leaving session has been told, or did not ask in time.</summary>
    internal void Leave()
    {
        lock (gate)
        {
            if (phase is Phase.Leaving) phase = Phase.Ended;
            server.Wheel.Cancel(expiry);
        }
    }

    internal void TellEnded(SessionEnd end) => Ended?.Invoke(end);

    private static EndReason ReasonOf(ConnectEnd end) => end switch
    {
        ConnectEnd.Expired => EndReason.Expired,
        ConnectEnd.TooSlow => EndReason.TooSlow,
        ConnectEnd.ServerStopping => EndReason.ServerStopping,
        _ => EndReason.Disconnected,
    };

    private bool IsDue => expiresAt <= server.Wheel.Now;

    /// <summary>True if the session has not been heard of in time; otherwise its timer is set anew.</summary>
    private bool IsOverdue()
    {
        lock (gate)
        {
            if (expiresAt is not { } due || phase is Phase.Ended) return false;
            if (!IsDue) server.Wheel.Schedule(expiry, due);
            return IsDue;
        }
    }

    private void StartExpiry(TimeSpan after)
    {
        if (phase is Phase.Ended) return;
        expiresAt = server.Wheel.Now + (long)after.TotalMilliseconds;
        server.Wheel.Schedule(expiry, expiresAt.Value);
    }

    private sealed class ExpiryTimer(BayeuxSession session) : WheelTimer
    {
        public override void Fire()
        {
            if (session.IsOverdue()) session.server.Expire(session);
        }
    }
}

/// <summary>How a session ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Undelivered">
/// How many events its client may never have seen: those that waited and, with acknowledged messages, those not acknowledged. A
/// host that keeps a history sends them again after the next handshake.
/// </param>
public sealed record SessionEnd(EndReason Reason, int Undelivered);

/// <summary>Why a session ended.</summary>
public enum EndReason
{
    /// <summary>By the client's <c>/meta/disconnect</c> or by the host.</summary>
    Disconnected,

    /// <summary>No connect came in time.</summary>
    Expired,

    /// <summary>More events waited for it than allowed.</summary>
    TooSlow,

    /// <summary>The server stopped.</summary>
    ServerStopping,
}
