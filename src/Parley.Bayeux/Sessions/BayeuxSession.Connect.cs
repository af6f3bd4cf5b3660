namespace Parley.Bayeux;

/// <summary>The heartbeat: connects, their answers, and the advice in them.</summary>
public sealed partial class BayeuxSession
{
    private HeldConnect? held;
    private long lastConnect;
    private bool isProcessing;
    private string? advisedTransport;
    private TimeSpan? requestedInterval;
    private TimeSpan? timeout;
    private TimeSpan? interval;
    private TimeSpan? maxInterval;

    /// <summary>
    /// How long this client's connects are held; null for <see cref="BayeuxOptions.Timeout"/>. It is told when it changes.
    /// </summary>
    public TimeSpan? Timeout
    {
        get => timeout;
        set => Advise(ref timeout, value);
    }

    /// <summary>
    /// How long this client waits between connects; null for <see cref="BayeuxOptions.Interval"/>. It is told when it
    /// changes.
    /// </summary>
    public TimeSpan? Interval
    {
        get => interval;
        set => Advise(ref interval, value);
    }

    /// <summary>How long this session lives without a connect; null for <see cref="BayeuxOptions.MaxInterval"/>.</summary>
    public TimeSpan? MaxInterval
    {
        get => maxInterval;
        set => Advise(ref maxInterval, value);
    }

    /// <summary>True while a connect waits for its answer.</summary>
    internal bool HoldsConnect
    {
        get
        {
            lock (gate) return held is not null;
        }
    }

    /// <summary>The times to be told to the client now, its own wish included.</summary>
    internal AdvisedTimes Advised
    {
        get
        {
            lock (gate)
            {
                var wait = requestedInterval ?? interval ?? server.Options.Interval;
                return new AdvisedTimes(timeout ?? server.Options.Timeout, wait, LifeWithoutConnect);
            }
        }
    }

    private TimeSpan LifeWithoutConnect => maxInterval ?? server.Options.MaxInterval;

    /// <summary>
    /// A connect came and is about to be processed: the clock stops, for as long as processing may take. Gives what
    /// <see cref="ConnectProcessed"/> wants to know.
    /// </summary>
    internal long ConnectArrived()
    {
        lock (gate)
        {
            expiresAt = null;
            isProcessing = true;
            if (server.Options.MaxProcessing is { } most && held is null && IsOpen) StartExpiry(most);
            return lastConnect;
        }
    }

    /// <summary>Processing is over; if it never came to a connect, extensions having vetoed it, the clock goes on.</summary>
    internal void ConnectProcessed(long connectsBefore)
    {
        lock (gate)
        {
            isProcessing = false;
            if (lastConnect == connectsBefore && held is null) StartExpiry(WithInterval());
        }
    }

    /// <summary>
    /// Takes a connect in: it is held, or (see <see cref="HeldConnect.IsHeld"/>) to be answered at once. A connect that was held
    /// before ends as superseded. Null if the session has ended, or is served by another connection by now.
    /// </summary>
    internal HeldConnect? Connect(IConnectHolder holder, ConnectTerms terms)
    {
        lock (gate)
        {
            if (holder is ISessionEndpoint connection && !ReferenceEquals(endpoint, connection)) return null;
            if (held is not null) EndHeld(ConnectEnd.Superseded);
            if (phase is Phase.Ended) return null;

            var first = phase is Phase.Handshaken;
            if (first) phase = Phase.Connected;
            expiresAt = null;
            requestedInterval = Granted(terms.Advice?.Interval);
            if (holder is not ISessionEndpoint) LeaveEndpoint();

            var connect = new HeldConnect(this, holder, terms, ++lastConnect);
            var wait = Granted(terms.Advice?.Timeout) ?? timeout ?? server.Options.Timeout;
            if (MustRepeat(terms) && terms.Advice?.Timeout is null) wait = TimeSpan.Zero;
            if (first || wait == TimeSpan.Zero || terms.Hold is Holding.Refused || phase is Phase.Leaving) return connect;
            if (!IsPushed && HasNews && batches == 0) return connect;
            if (!server.Browsers.TryEnter(terms.Browser, terms.MaxSiblings))
            {
                connect.HasTooManySiblings = true;
                return connect;
            }

            connect.IsHeld = true;
            held = connect;
            server.Telemetry.Held(+1);
            server.Wheel.Schedule(connect, server.Wheel.Now + (long)wait.TotalMilliseconds);
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
            if (end is ConnectEnd.ConnectionLost) StartExpiry(LifeWithoutConnect);
        }
    }

    /// <summary>
    /// Decides what a connect's answer says, at the moment it is built: the advice, and the batch of acknowledged messages that
    /// it closes (0 if it closes none).
    /// </summary>
    internal ConnectAdvice Answered(HeldConnect connect)
    {
        lock (gate)
        {
            EndAckBatchFor(connect);
            if (!IsOpen) return WasDisconnected ? ConnectAdvice.Stop : ConnectAdvice.Handshake;
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

    /// <summary>The answer to that connect was written, or failed to be: unless a newer one came, expiry starts.</summary>
    internal void ConnectAnswered(long number)
    {
        lock (gate)
        {
            if (number == lastConnect && held is null) StartExpiry(WithInterval());
        }
    }

    /// <summary>The handshake was written, or failed to be: events may follow it.</summary>
    internal void HandshakeAnswered()
    {
        lock (gate)
        {
            CloseBatch();
            if (lastConnect == 0) StartExpiry(WithInterval());
        }
    }

    private void Advise(ref TimeSpan? time, TimeSpan? value)
    {
        if (value < TimeSpan.Zero || value > BayeuxOptions.Longest)
            throw new ArgumentOutOfRangeException(nameof(value), $"From nothing to {BayeuxOptions.Longest}.");
        lock (gate)
        {
            time = value;
            advisedTransport = null;
        }
    }

    private TimeSpan WithInterval() => Advised.Interval + LifeWithoutConnect;

    private TimeSpan? Granted(long? wish) =>
        wish is not >= 0 ? null
        : TimeSpan.FromMilliseconds(Math.Min(wish.Value, (long)server.Options.MaxRequestedAdvice.TotalMilliseconds));

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
        server.Telemetry.Held(-1);
        server.Wheel.Cancel(ended);
        server.Browsers.Leave(ended.Terms.Browser);
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

    /// <summary>The server stops: connect again in a while, wherever that leads to.</summary>
    ReconnectLater,
}
