namespace Parley.Bayeux;

/// <summary>The connection on which events flow, if the session has one: a WebSocket.</summary>
public sealed partial class BayeuxSession
{
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
            if (held is null) StartExpiry(LifeWithoutConnect);
        }
    }

    /// <summary>True if events flow on this connection, or wait for a connect on it.</summary>
    internal bool IsServedBy(ISessionEndpoint connection)
    {
        lock (gate) return ReferenceEquals(endpoint, connection);
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
        StartExpiry(LifeWithoutConnect);
    }
}
