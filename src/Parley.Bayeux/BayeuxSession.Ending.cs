namespace Parley.Bayeux;

/// <summary>How a session goes: disconnected, expired, too slow, or with the server.</summary>
public sealed partial class BayeuxSession
{
    private double publishTokens;
    private long publishRefill;
    private ConnectEnd endedBy;

    /// <summary>A message other than a connect came: a running expiry is postponed.</summary>
    internal void Heard()
    {
        lock (gate)
        {
            var postponed = around.Wheel.Now + (long)around.Options.MaxInterval.TotalMilliseconds;
            if (expiresAt is { } due && due < postponed) expiresAt = postponed; // the timer looks again when it fires
        }
    }

    /// <summary>Takes one publish out of the session's allowance; false if there is none left.</summary>
    internal bool TrySpendPublish()
    {
        lock (gate)
        {
            var now = around.Wheel.Now;
            var refilled = publishTokens + ((now - publishRefill) * around.Options.PublishesPerSecond / 1000d);
            publishTokens = Math.Min(around.Options.PublishBurst, refilled);
            publishRefill = now;
            if (publishTokens < 1) return false;
            publishTokens--;
            return true;
        }
    }

    /// <summary>
    /// Ends the session once: subscriptions are dropped, the held connect and the connection are told. Waiting events are kept
    /// for a last flush only after a disconnect. False if it had ended before.
    /// </summary>
    internal bool End(ConnectEnd end)
    {
        lock (gate)
        {
            if (phase is Phase.Leaving or Phase.Ended) return false;

            var unheard = end is ConnectEnd.DisconnectedByHost && held is null && endpoint is null;
            phase = unheard ? Phase.Leaving : Phase.Ended;
            endedBy = end;
            foreach (var name in subscriptions ?? []) around.Index.Remove(name, this);
            subscriptions = null;
            if (end is not (ConnectEnd.Disconnected or ConnectEnd.DisconnectedByHost)) queue.Clear();

            if (unheard) StartExpiry(around.Options.MaxInterval);
            else around.Wheel.Cancel(expiry);
            if (held is not null) EndHeld(end);
            endpoint?.SessionEnded(end);
            return true;
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

    /// <summary>The client of a leaving session has been told, or did not ask in time.</summary>
    internal void Leave()
    {
        lock (gate)
        {
            if (phase is Phase.Leaving) phase = Phase.Ended;
            around.Wheel.Cancel(expiry);
        }
    }

    /// <summary>True if the session has not been heard of in time; otherwise its timer is set anew.</summary>
    private bool IsOverdue()
    {
        lock (gate)
        {
            if (expiresAt is not { } due || phase is Phase.Ended) return false;
            if (due <= around.Wheel.Now) return true;
            around.Wheel.Schedule(expiry, due);
            return false;
        }
    }

    private void StartExpiry(TimeSpan after)
    {
        if (phase is Phase.Ended) return;
        expiresAt = around.Wheel.Now + (long)after.TotalMilliseconds;
        around.Wheel.Schedule(expiry, expiresAt.Value);
    }

    private sealed class ExpiryTimer(BayeuxSession session) : WheelTimer
    {
        public override void Fire()
        {
            if (session.IsOverdue()) session.around.Expire(session);
        }
    }
}

/// <summary>Why a session ended.</summary>
public enum SessionEnd
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
