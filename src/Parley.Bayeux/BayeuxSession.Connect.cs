namespace Parley.Bayeux;

/// <summary>The heartbeat: connects, their answers, and the advice in them.</summary>
public sealed partial class BayeuxSession
{
    private HeldConnect? held;
    private long lastConnect;
    private string? advisedTransport;
    private long? requestedInterval;

    /// <summary>True while a connect waits for its answer.</summary>
    internal bool HoldsConnect
    {
        get
        {
            lock (gate) return held is not null;
        }
    }

    /// <summary>
    /// Takes a connect in: it is held, or (see <see cref="HeldConnect.IsHeld"/>) to be answered at once. A connect that was held
    /// before ends as superseded. Null if the session has ended.
    /// </summary>
    internal HeldConnect? Connect(IConnectHolder holder, ConnectTerms terms)
    {
        lock (gate)
        {
            if (held is not null) EndHeld(ConnectEnd.Superseded);
            if (phase is Phase.Ended) return null;

            var first = phase is Phase.Handshaken;
            if (first) phase = Phase.Connected;
            expiresAt = null;
            requestedInterval = Granted(terms.Advice?.Interval);
            if (holder is not ISessionEndpoint) LeaveEndpoint();

            var connect = new HeldConnect(this, holder, terms, ++lastConnect);
            var timeout = Granted(terms.Advice?.Timeout) ?? (long)around.Options.Timeout.TotalMilliseconds;
            if (first || timeout == 0 || terms.Hold is Holding.Refused || phase is Phase.Leaving) return connect;
            if (endpoint is null && queue.Count > 0 && batches == 0) return connect;
            if (!around.Browsers.TryEnter(terms.Browser, terms.MaxSiblings))
            {
                connect.HasTooManySiblings = true;
                return connect;
            }

            connect.IsHeld = true;
            held = connect;
            around.Wheel.Schedule(connect, around.Wheel.Now + timeout);
            return connect;
        }
    }

    /// <summary>Ends this connect if it is still the held one.</summary>
    internal void EndConnect(HeldConnect connect, ConnectEnd end)
    {
        lock (gate)
        {
            if (!ReferenceEquals(held, connect)) return;
            EndHeld(end);
            if (end is ConnectEnd.ConnectionLost) StartExpiry(around.Options.MaxInterval);
        }
    }

    /// <summary>Decides the advice of a connect's answer at the moment it is built.</summary>
    internal ConnectAdvice AdviceFor(HeldConnect connect)
    {
        lock (gate)
        {
            if (phase is Phase.Leaving or Phase.Ended)
            {
                return endedBy is ConnectEnd.Disconnected or ConnectEnd.DisconnectedByHost
                    ? ConnectAdvice.Stop
                    : ConnectAdvice.Handshake;
            }
            if (connect.HasTooManySiblings)
            {
                advisedTransport = null;
                return ConnectAdvice.MultipleClients;
            }
            if (connect.Terms.Advice is null && advisedTransport == connect.Holder.ConnectionType) return ConnectAdvice.None;
            advisedTransport = connect.Holder.ConnectionType;
            return ConnectAdvice.Full;
        }
    }

    /// <summary>The interval told to the client now, its own wish included, in milliseconds.</summary>
    internal long EffectiveInterval
    {
        get
        {
            lock (gate) return requestedInterval ?? (long)around.Options.Interval.TotalMilliseconds;
        }
    }

    /// <summary>The answer to that connect was written, or failed to be: unless a newer one came, expiry starts.</summary>
    internal void ConnectAnswered(long number)
    {
        lock (gate)
        {
            if (number == lastConnect && held is null) StartExpiry(WithInterval());
        }
    }

    /// <summary>The handshake was written, or failed to be.</summary>
    internal void HandshakeAnswered()
    {
        lock (gate)
        {
            if (lastConnect == 0) StartExpiry(WithInterval());
        }
    }

    private TimeSpan WithInterval() => TimeSpan.FromMilliseconds(EffectiveInterval) + around.Options.MaxInterval;

    private long? Granted(long? wish) =>
        wish is >= 0 ? Math.Min(wish.Value, (long)around.Options.MaxRequestedAdvice.TotalMilliseconds) : null;

    // The newest connection wins for good: a client that polls has left its WebSocket.
    private void LeaveEndpoint()
    {
        endpoint?.Replaced();
        endpoint = null;
    }

    private void EndHeld(ConnectEnd end)
    {
        var ended = held!;
        held = null;
        around.Wheel.Cancel(ended);
        around.Browsers.Leave(ended.Terms.Browser);
        ended.Holder.ConnectEnded(ended, end);
    }
}

/// <summary>What the answer to a connect advises.</summary>
internal enum ConnectAdvice
{
    None,

    /// <summary>Reconnect, interval, timeout: the client may not know them, or have forgotten.</summary>
    Full,

    /// <summary>Too many tabs of one browser poll: come back later.</summary>
    MultipleClients,

    /// <summary>The session ended as it should: do not come back.</summary>
    Stop,

    /// <summary>The session is gone: get another.</summary>
    Handshake,
}
