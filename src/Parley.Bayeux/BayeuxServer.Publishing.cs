namespace Parley.Bayeux;

/// <summary>Events on their way into the queues of sessions.</summary>
public sealed partial class BayeuxServer
{
    /// <summary>
    /// Queues an event for every subscribed session, one copy each however many of its subscriptions match, and has every
    /// subscribed <see cref="LocalSession"/> hear it. Nobody receives what is published below <c>/service/</c>.
    /// </summary>
    /// <remarks>
    /// It throws what an extension of the server (<see cref="BayeuxOptions.Extensions"/>) throws, and nobody receives the event.
    /// A few receivers are served by the calling thread, which writes to their connections without waiting for them, and runs
    /// what the host has hung on the start of a response: hold no lock that such code takes. The same holds for
    /// <see cref="PublishTo"/> and <see cref="Deliver"/>.
    /// </remarks>
    public void Publish(BayeuxEvent evt)
    {
        ArgumentNullException.ThrowIfNull(evt);
        Publish(evt, publisher: null, local: null);
    }

    /// <summary>
    /// Queues an event for those of these sessions that are subscribed to its channel. No <see cref="LocalSession"/> hears it,
    /// and no listener of <see cref="BayeuxChannels"/>. Throws <see cref="ArgumentException"/>, and queues nothing, if one of the
    /// sessions is another server's.
    /// </summary>
    public void PublishTo(IEnumerable<BayeuxSession> receivers, BayeuxEvent evt)
    {
        ArgumentNullException.ThrowIfNull(receivers);
        ArgumentNullException.ThrowIfNull(evt);
        BayeuxSession[] sessions = [.. receivers];
        foreach (var session in sessions) CheckOwn(session);
        if (Finished(evt, receiver: null) is not { } finished) return;
        var names = evt.Channel.Receivers();
        var gathering = Gathering.Begin();
        try
        {
            Telemetry.Published(sessions.Count(session => session.IsSubscribedToAny(names) && Queue(session, finished)));
        }
        finally
        {
            gathering.End();
        }
    }

    /// <summary>
    /// Queues an event for one session, subscribed or not. No <see cref="LocalSession"/> hears it, and no listener of
    /// <see cref="BayeuxChannels"/>. Throws <see cref="ArgumentException"/> for a session of another server.
    /// </summary>
    public void Deliver(BayeuxSession session, BayeuxEvent evt)
    {
        CheckOwn(session);
        ArgumentNullException.ThrowIfNull(evt);
        var gathering = Gathering.Begin();
        try
        {
            if (Finished(evt, session) is { } finished && Queue(session, finished)) Telemetry.Delivered();
        }
        finally
        {
            gathering.End();
        }
    }

    /// <summary>Publishes what a client did, or a session of the host's own.</summary>
    internal void Publish(BayeuxEvent evt, BayeuxSession? publisher, LocalSession? local = null)
    {
        if (Finished(evt, receiver: null) is not { } finished) return;

        var declared = Channels.Covering(finished.Channel);
        foreach (var declaration in declared) Hear(declaration, finished, local);
        var isEchoed = publisher is { HearsItself: true } && Options.BroadcastToPublisher && declared.All(d => d.IsEchoed);
        var gathering = Gathering.Begin();
        try
        {
            Telemetry.Published(QueueForSubscribers(finished, isEchoed ? null : publisher));
        }
        finally
        {
            gathering.End();
        }
    }

    private void Hear(ChannelDeclaration declaration, BayeuxEvent evt, LocalSession? local)
    {
        foreach (var hear in declaration.Hearers) Raise(() => hear(evt, local));
    }

    private int QueueForSubscribers(BayeuxEvent evt, BayeuxSession? except)
    {
        var queued = 0;
        var receivers = evt.Channel.Receivers();
        for (var via = 0; via < receivers.Length; via++)
        {
            foreach (var session in Index.Of(receivers[via]))
            {
                if (!ReferenceEquals(session, except) && Offer(session, evt, receivers, via)) queued++;
            }
        }
        return queued;
    }

    private bool Offer(BayeuxSession session, BayeuxEvent evt, string[] receivers, int via)
    {
        if (session.Extensions.Length > 0) return session.Receives(receivers, via) && Queue(session, evt);

        var outcome = session.Offer(evt, receivers, via);
        return outcome is OfferOutcome.Queued || (outcome is OfferOutcome.QueueFull && Overflow(session, evt));
    }

    private bool Queue(BayeuxSession session, BayeuxEvent evt)
    {
        if ((session.Extensions.Length == 0 ? evt : SeenByItsOwn(session, evt)) is not { } seen) return false;

        var outcome = session.Offer(seen);
        return outcome is OfferOutcome.Queued || (outcome is OfferOutcome.QueueFull && Overflow(session, seen));
    }

    // The event goes on to other sessions, whatever the extensions of one make of it.
    private BayeuxEvent? SeenByItsOwn(BayeuxSession session, BayeuxEvent evt)
    {
        BayeuxEvent? left = null;
        Raise(() =>
        {
            BayeuxEvent? seen = evt;
            var own = session.Extensions;
            for (var i = own.Length - 1; i >= 0 && seen is not null; i--) seen = own[i].OutgoingEvent(seen, session);
            left = seen;
        });
        return left;
    }

    /// <summary>The event after the extensions of the server, lazy if its channel is.</summary>
    private BayeuxEvent? Finished(BayeuxEvent evt, BayeuxSession? receiver)
    {
        BayeuxEvent? seen = evt;
        for (var i = Extensions.Length - 1; i >= 0 && seen is not null; i--) seen = Extensions[i].OutgoingEvent(seen, receiver);
        if (seen is null || seen.Laziness is not null) return seen;

        var narrowest = Channels.Covering(seen.Channel).LastOrDefault(d => d.Laziness is not null);
        return narrowest?.Laziness is { } patience ? seen.Lazily(patience) : seen;
    }

    /// <summary>Does what the host wants; true if the event was queued all the same.</summary>
    private bool Overflow(BayeuxSession session, BayeuxEvent evt)
    {
        var verdict = QueueVerdict.EndSession;
        Raise(() => verdict = Options.WhenQueueFull(session, evt));
        Telemetry.Overflowed(verdict);
        switch (verdict)
        {
            case QueueVerdict.DropOldest:
                session.OfferInsteadOfOldest(evt);
                return true;
            case QueueVerdict.DropNewest:
                return false;
            default:
                End(session, ConnectEnd.TooSlow);
                return false;
        }
    }
}
