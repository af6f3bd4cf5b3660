namespace Parley.Bayeux;

/// <summary>Events: into the queue, out of it, and where they wait meanwhile.</summary>
public sealed partial class BayeuxSession
{
    /// <summary>
    /// Queues an event that reaches the session by the subscription <c>Receivers[via]</c>, unless a wider one brought it already.
    /// </summary>
    internal OfferOutcome Offer(BayeuxEvent e, int via)
    {
        lock (gate)
        {
            var receivers = e.Channel.Receivers;
            if (subscriptions is null || !subscriptions.Contains(receivers[via])) return OfferOutcome.NotSubscribed;
            return via > 0 && MatchesBefore(receivers, via) ? OfferOutcome.NotSubscribed : Queue(e);
        }
    }

    /// <summary>Queues an event if any subscription matches its channel.</summary>
    internal OfferOutcome Offer(BayeuxEvent e)
    {
        lock (gate)
        {
            return subscriptions is not null && MatchesBefore(e.Channel.Receivers, int.MaxValue)
                ? Queue(e)
                : OfferOutcome.NotSubscribed;
        }
    }

    /// <summary>From now on events wait for the answer to the request being processed, which will carry them.</summary>
    internal void OpenBatch()
    {
        lock (gate) batches++;
    }

    /// <summary>The opposite of <see cref="OpenBatch"/>; what the request's answer did not take wakes the transport.</summary>
    internal void CloseBatch()
    {
        lock (gate)
        {
            batches--;
            WakeIfWaiting();
        }
    }

    /// <summary>Takes all waiting events.</summary>
    internal TakenEvents Take()
    {
        lock (gate) return TakenEvents.From(ref queue, int.MaxValue);
    }

    /// <summary>Takes one frame of events for the connection; none if the session is served elsewhere by now.</summary>
    internal TakenEvents TakeFor(ISessionEndpoint connection)
    {
        lock (gate)
        {
            return ReferenceEquals(endpoint, connection) && batches == 0
                ? TakenEvents.From(ref queue, around.Options.MaxFrameSize)
                : default;
        }
    }

    /// <summary>Returns events that could not be written to the front of the queue.</summary>
    internal void PutBack(TakenEvents events)
    {
        lock (gate)
        {
            if (phase is Phase.Ended) return;
            events.PutBackInto(ref queue);
            WakeIfWaiting();
        }
    }

    /// <summary>Makes the connection the one on which events flow; the previous one is told to go.</summary>
    internal void Attach(ISessionEndpoint connection)
    {
        lock (gate)
        {
            if (ReferenceEquals(endpoint, connection)) return;
            Abandon(endpoint);
            endpoint = connection;
            WakeIfWaiting();
        }
    }

    /// <summary>The connection is gone: its held connect is dropped, events wait, and expiry starts at once.</summary>
    internal void Detach(ISessionEndpoint connection)
    {
        lock (gate)
        {
            if (!ReferenceEquals(endpoint, connection)) return;
            endpoint = null;
            if (held is not null && ReferenceEquals(held.Holder, connection)) EndHeld(ConnectEnd.ConnectionLost);
            StartExpiry(around.Options.MaxInterval);
        }
    }

    /// <summary>
    /// True while no connection of its own carries its events: they wait for a request, or for a new connection.
    /// </summary>
    internal bool IsDetached
    {
        get
        {
            lock (gate) return endpoint is null;
        }
    }

    private void Abandon(ISessionEndpoint? previous)
    {
        if (previous is null) return;
        previous.Replaced();
        if (held is null || !ReferenceEquals(held.Holder, previous)) return;
        EndHeld(ConnectEnd.ConnectionLost);
        StartExpiry(around.Options.MaxInterval);
    }

    private OfferOutcome Queue(BayeuxEvent e)
    {
        if (phase is not (Phase.Handshaken or Phase.Connected)) return OfferOutcome.NotSubscribed;
        // one event always fits, however long: an empty queue is no sign of a slow client
        if (queue.Count >= around.Options.MaxQueue || (queue.Count > 0 && queue.Bytes + e.Length > around.Options.MaxQueueBytes))
            return OfferOutcome.QueueFull;

        queue.Add(e);
        WakeIfWaiting();
        return OfferOutcome.Queued;
    }

    private void WakeIfWaiting()
    {
        if (queue.Count == 0 || batches > 0) return;

        if (endpoint is not null) endpoint.EventsWaiting();
        else if (held is not null) EndHeld(ConnectEnd.Events);
    }
}

/// <summary>What became of an event offered to a session.</summary>
internal enum OfferOutcome
{
    Queued,
    NotSubscribed,

    /// <summary>The session is to be ended: events are never dropped one by one.</summary>
    QueueFull,
}
