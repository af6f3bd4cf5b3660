using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>Who is told what comes over a line.</summary>
public interface IBayeuxListener
{
    /// <summary>There is a session that did not exist before; whatever is to be subscribed to is subscribed to now.</summary>
    /// <exception cref="IOException">The session is of no use.</exception>
    Task StartedAsync(BayeuxLine line, CancellationToken cancel);

    /// <summary>The session goes on over another connection.</summary>
    void Resumed();

    /// <summary>The server begins no session with these credentials.</summary>
    void TurnedAway();

    /// <summary>An event arrived; called for one at a time, in order.</summary>
    void Heard(string channel, JsonObject data);
}
