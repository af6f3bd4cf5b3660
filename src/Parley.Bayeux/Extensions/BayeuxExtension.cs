namespace Parley.Bayeux;

/// <summary>Something that sees every message on its way in and every reply and event on its way out.</summary>
/// <remarks>
/// Server-wide extensions (<see cref="BayeuxOptions.Extensions"/>) see messages before those of one session
/// (<see cref="BayeuxSession.Use"/>), in the order in which they were added; on the way out the order is reversed. All methods
/// may be called from any thread, for several sessions at once, and should be quick. Where one throws, the request fails (500, or
/// a WebSocket closed with 1011) and the session stays; only an event that an extension of a session fails on goes on to the
/// other receivers, and not to that session.
/// </remarks>
public abstract class BayeuxExtension
{
    /// <summary>
    /// Sees a message before anything else does but its form is legal. False deletes it: the client gets
    /// <c>404::message_deleted</c>.
    /// </summary>
    protected internal virtual ValueTask<bool> Incoming(BayeuxMessage message) => new(true);

    /// <summary>Sees a reply at the moment it is written, which for a held connect is when it is released.</summary>
    protected internal virtual void OutgoingReply(BayeuxReply reply)
    {
    }

    /// <summary>
    /// Sees an event before it is queued: once for all receivers of a published one, with <paramref name="receiver"/> null, or
    /// for one receiver. The result is queued instead: the same, another made of it, or null for none.
    /// </summary>
    protected internal virtual BayeuxEvent? OutgoingEvent(BayeuxEvent evt, BayeuxSession? receiver) => evt;
}
