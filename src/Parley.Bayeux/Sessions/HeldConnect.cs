namespace Parley.Bayeux;

/// <summary>Every way a held connect can end.</summary>
internal enum ConnectEnd
{
    /// <summary>It was not held at all, or its time is over: an empty answer.</summary>
    TimedOut,

    /// <summary>Events wait and travel with its answer.</summary>
    Events,

    /// <summary>A newer connect took its place: long-polling 409, WebSocket nothing.</summary>
    Superseded,

    /// <summary>The client disconnected: answered with <c>reconnect</c> <c>none</c>.</summary>
    Disconnected,

    /// <summary>The host disconnected the client: the same, after an unsolicited disconnect.</summary>
    DisconnectedByHost,

    /// <summary>The session expired: <c>402</c>, handshake again.</summary>
    Expired,

    /// <summary>The session's queue was full: <c>402</c>, handshake again.</summary>
    TooSlow,

    /// <summary>The server stops: long-polling 503, WebSocket close 1001.</summary>
    ServerStopping,

    /// <summary>The connection that carried it is gone: nobody to answer.</summary>
    ConnectionLost,
}

/// <summary>A <c>/meta/connect</c> that the server has not answered yet.</summary>
internal sealed class HeldConnect(BayeuxSession session, IConnectHolder holder, ConnectTerms terms, long number) : WheelTimer
{
    public BayeuxSession Session => session;

    public IConnectHolder Holder => holder;

    public ConnectTerms Terms => terms;

    /// <summary>Rises with each connect of a session; only the answer to the latest starts the session's expiry.</summary>
    public long Number => number;

    /// <summary>True if it is waiting; false if it is to be answered at once.</summary>
    public bool IsHeld { get; set; }

    /// <summary>True if it was not held because its browser holds enough.</summary>
    public bool HasTooManySiblings { get; set; }

    /// <summary>The batch of acknowledged messages that its answer closes; 0 if it closes none, or has no answer yet.</summary>
    public long Batch { get; set; }

    public override void Fire() => session.EndConnect(this, ConnectEnd.TimedOut);
}

/// <summary>What a connect asks for.</summary>
/// <param name="MessageId">Echoed in the reply; null if the request had none.</param>
/// <param name="Advice">The request's own advice, for this connect only; null if it had none.</param>
/// <param name="Browser">Whose held connects are counted; null where they are not.</param>
/// <param name="MaxSiblings">How many connects the browser may have held; -1 for any number.</param>
/// <param name="Hold">Whether the transport can let this one wait.</param>
/// <param name="Acknowledged">The last batch the client received (<c>ext.ack</c>); null if it says nothing.</param>
/// <param name="Notes">What extensions noted about the request.</param>
internal sealed record ConnectTerms(
    string? MessageId, RequestedAdvice? Advice, string? Browser, int MaxSiblings, Holding Hold,
    long? Acknowledged, MessageNotes? Notes);

/// <summary>A request's own advice in milliseconds; null where it says nothing.</summary>
internal sealed record RequestedAdvice(long? Timeout, long? Interval);

/// <summary>Whether a connect may wait.</summary>
internal enum Holding
{
    Allowed,

    /// <summary>Other messages share its HTTP request.</summary>
    Refused,
}

/// <summary>Where a held connect waits.</summary>
internal interface IConnectHolder
{
    /// <summary>The connection type whose advice the client last saw if it is reached here.</summary>
    string ConnectionType { get; }

    /// <summary>Learns how the connect ended; called under the session's lock, so it only takes note.</summary>
    void ConnectEnded(HeldConnect connect, ConnectEnd end);
}

/// <summary>
/// A connection on which events flow as they come. All calls come under the session's lock, so they only take note.
/// </summary>
internal interface ISessionEndpoint : IConnectHolder
{
    void EventsWaiting();

    void SessionEnded(ConnectEnd end);

    /// <summary>The session is served elsewhere from now on.</summary>
    void Replaced();
}
