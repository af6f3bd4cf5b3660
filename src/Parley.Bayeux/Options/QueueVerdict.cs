namespace Parley.Bayeux;

/// <summary>What becomes of a session whose queue is full when one more event comes.</summary>
public enum QueueVerdict
{
    /// <summary>It ends as too slow: its client handshakes again, and the host sends again what it missed.</summary>
    EndSession,

    /// <summary>
    /// The oldest events make room, unacknowledged ones included: for clients to whom only the latest matters. Where it is
    /// <see cref="BayeuxOptions.MaxTotalQueueBytes"/> that is reached, this may be all that waits for the session.
    /// </summary>
    DropOldest,

    /// <summary>This event is not queued.</summary>
    DropNewest,
}
