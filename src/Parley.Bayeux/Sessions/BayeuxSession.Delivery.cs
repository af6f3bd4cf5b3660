namespace Parley.Bayeux;

/// <summary>Events: into the queue, out of it, and where they wait meanwhile.</summary>
public sealed partial class BayeuxSession
{
    private bool deliversWithConnects;
    private long lastEvent;

    /// <summary>Whether it receives what it publishes itself, if it is subscribed.</summary>
    public bool HearsItself { get; set; } = true;

    /// <summary>
    /// Whether events leave with the answers to connects only, which keeps their order over long-polling. Always so with
    /// acknowledged messages.
    /// </summary>
    public bool DeliversWithConnects
    {
        get => deliversWithConnects || server.Options.DeliverWithConnects || ack is not null;
        set => deliversWithConnects = value;
    }

    /// <summary>
    /// Sees the events that are about to leave, each once, and says which do: fewer, others, in another order. It runs under the
    /// session's lock, so it must be quick and touch no session.
    /// </summary>
    public Func<IReadOnlyList<BayeuxEvent>, IReadOnlyList<BayeuxEvent>>? Dequeuing { get; set; }

    /// <summary>How long ago its last event was queued, or it began.</summary>
    public TimeSpan SinceLastEvent => TimeSpan.FromMilliseconds(server.Wheel.Now - Volatile.Read(ref lastEvent));

    /// <summary>How many events it has yet to be sent, or to acknowledge, and their size in bytes.</summary>
    public (int Events, int Bytes) Waiting
    {
        get
        {
            lock (gate) return (queue.Count, queue.Bytes);
        }
    }

    // Events go out as they come; otherwise they wait for a connect's answer.
    private bool IsPushed => endpoint is not null && !DeliversWithConnects;

    private bool HasNews => queue.IsUrgent || (isLazyOver && queue.Waiting > 0);

    /// <summary>Queues an event for this session alone, subscribed or not.</summary>
    public void Deliver(BayeuxEvent evt) => server.Deliver(this, evt);

    /// <summary>
    /// Has events wait until the result is disposed, so that they leave together; those that wait when the client is answered
    /// anyway, be it because it asked or because its connect timed out, leave with that answer.
    /// </summary>
    public IDisposable Batch()
    {
        OpenBatch();
        return new OpenedBatch(this);
    }

    /// <summary>
    /// Queues an event that reaches the session by the subscription <c>receivers[via]</c>, unless a wider one brought it already.
    /// </summary>
    internal OfferOutcome Offer(BayeuxEvent e, string[] receivers, int via)
    {
        lock (gate) return Receives(receivers, via) ? Queue(e) : OfferOutcome.NotWanted;
    }

    /// <summary>True if it is subscribed to any of these names.</summary>
    internal bool IsSubscribedToAny(string[] receivers)
    {
        lock (gate) return Matches(receivers);
    }

    /// <summary>True if an event reaches the session by the subscription <c>receivers[via]</c> and by none wider.</summary>
    internal bool Receives(string[] receivers, int via)
    {
        lock (gate)
        {
            return subscriptions?.Contains(receivers[via]) == true && (via == 0 || !MatchesBefore(receivers, via));
        }
    }

    /// <summary>Queues an event whatever its channel.</summary>
    internal OfferOutcome Offer(BayeuxEvent e)
    {
        lock (gate) return Queue(e);
    }

    /// <summary>Queues an event in the place of as many of the oldest as there is need of.</summary>
    internal void OfferInsteadOfOldest(BayeuxEvent e)
    {
        lock (gate)
        {
            while (Queue(e) is OfferOutcome.QueueFull)
            {
                queue.Take();
                ack?.Dropped(1);
            }
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

    /// <summary>Takes the events that travel with the answer to a request, in which may be that to a connect.</summary>
    internal TakenEvents TakeWith(HeldConnect? answered)
    {
        lock (gate) return answered is null && DeliversWithConnects ? default : Take(answered, int.MaxValue);
    }

    /// <summary>Takes one frame of events for the connection; none if the session is served elsewhere by now.</summary>
    internal TakenEvents TakeFor(ISessionEndpoint connection, HeldConnect? answered)
    {
        lock (gate)
        {
            if (!ReferenceEquals(endpoint, connection)) return default;
            if (DeliversWithConnects) return answered is null ? default : Take(answered, server.Options.MaxFrameSize);
            return batches > 0 ? default : TakeSome(server.Options.MaxFrameSize);
        }
    }

    /// <summary>
    /// Takes one frame of what goes out before the answer to a released connect; none if the session is served elsewhere by now.
    /// </summary>
    internal TakenEvents TakeBefore(HeldConnect? answered, ISessionEndpoint connection)
    {
        lock (gate) return ReferenceEquals(endpoint, connection) ? Take(answered, server.Options.MaxFrameSize) : default;
    }

    /// <summary>Returns events that could not be written to the front of the queue.</summary>
    internal void PutBack(TakenEvents events)
    {
        lock (gate)
        {
            if (phase is Phase.Ended) return;
            events.PutBackInto(ref queue);
            isLazyOver = queue.Waiting > 0; // the lazy ones among them were on their way
            WakeIfWaiting();
        }
    }

    private OfferOutcome Queue(BayeuxEvent e)
    {
        if (!IsOpen) return OfferOutcome.NotWanted;
        // one event always fits, however long: an empty queue is no sign of a slow client
        var options = server.Options;
        if (queue.Count >= options.MaxQueue) return OfferOutcome.QueueFull;
        if (queue.Count > 0 && queue.Bytes + e.Length > options.MaxQueueBytes) return OfferOutcome.QueueFull;
        if (queue.Count > 0 && server.Backlog.Bytes > options.MaxTotalQueueBytes) return OfferOutcome.QueueFull;

        queue.Add(e);
        lastEvent = server.Wheel.LastTick;
        if (e.Laziness is { } patience) WaitLazily(patience);
        WakeIfWaiting();
        return OfferOutcome.Queued;
    }

    private TakenEvents Take(HeldConnect? answered, int maxBytes)
    {
        if (ack is null) return TakeSome(maxBytes);
        if (phase is Phase.Ended) return TakeLast(answered, maxBytes);
        return answered is null ? default : TakenEvents.CopyOf(ref queue, Math.Min(queue.Count, ack.CountUpTo(answered.Batch)));
    }

    // An ended session acknowledges nothing any more. Without a connect's answer nothing is repeated: what this connection brought
    // before is on its way to the client, or with it.
    private TakenEvents TakeLast(HeldConnect? answered, int maxBytes)
    {
        while (answered is null && queue.Sent > 0) queue.Take();
        return TakeSome(maxBytes);
    }

    private TakenEvents TakeSome(int maxBytes)
    {
        BeforeTaking();
        return TakenEvents.From(ref queue, maxBytes);
    }

    private void BeforeTaking()
    {
        if (Dequeuing is { } choose) queue.Choose(choose);
        isLazyOver = false;
    }

    private void WakeIfWaiting()
    {
        if (batches > 0 || !HasNews) return;

        if (IsPushed) endpoint!.EventsWaiting();
        else if (held is not null) EndHeld(ConnectEnd.Events);
    }

    private sealed class OpenedBatch(BayeuxSession session) : IDisposable
    {
        private BayeuxSession? session = session;

        public void Dispose() => Interlocked.Exchange(ref session, null)?.CloseBatch();
    }
}

/// <summary>What became of an event offered to a session.</summary>
internal enum OfferOutcome
{
    Queued,

    /// <summary>It is not subscribed, or has ended.</summary>
    NotWanted,

    /// <summary>The host's <see cref="BayeuxOptions.WhenQueueFull"/> decides.</summary>
    QueueFull,
}
