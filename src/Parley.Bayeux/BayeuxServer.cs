using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux;

/// <summary>The live sessions of this process, and the way events reach them.</summary>
/// <remarks>
/// All members may be called from any thread. None waits for a client: events are queued, transports do the rest.
/// </remarks>
public sealed partial class BayeuxServer : IDisposable
{
    private readonly ConcurrentDictionary<string, BayeuxSession> sessions = new(StringComparer.Ordinal);
    private readonly SessionCounts counts = new();
    private readonly SubscriptionIndex index = new();
    private readonly SessionSurroundings around;
    private readonly ILogger<BayeuxServer> log;
    private readonly CancellationTokenSource stopping = new();

    /// <summary>
    /// A server of its own; throws <see cref="ArgumentException"/> with everything that is wrong with the options.
    /// </summary>
    public BayeuxServer(BayeuxOptions options, TimeProvider time, ILogger<BayeuxServer> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.Count > 0) throw new ArgumentException("Bayeux options: " + string.Join(' ', wrong), nameof(options));

        Options = options;
        this.log = log;
        Wheel = new TimerWheel(time);
        around = new SessionSurroundings(options, Wheel, index, new HeldPerBrowser(), Expire);
    }

    /// <summary>A session began; raised before its client knows.</summary>
    public event Action<BayeuxSession>? SessionStarted;

    /// <summary>A session ended; raised once, after it stopped accepting events.</summary>
    public event Action<BayeuxSession, SessionEnd>? SessionEnded;

    /// <summary>How many sessions are live.</summary>
    public int SessionCount => counts.Total;

    internal BayeuxOptions Options { get; }

    internal TimerWheel Wheel { get; }

    /// <summary>Cancelled when the server stops.</summary>
    internal CancellationToken Stopping => stopping.Token;

    /// <summary>The live sessions of a principal at this moment, oldest first.</summary>
    public IReadOnlyCollection<BayeuxSession> SessionsOf(string principal) => counts.SessionsOf(principal);

    /// <summary>Queues an event for one session if it is subscribed to the event's channel.</summary>
    public void Deliver(BayeuxSession session, BayeuxEvent evt)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(evt);
        if (session.Offer(evt) is OfferOutcome.QueueFull) End(session, ConnectEnd.TooSlow);
    }

    /// <summary>Queues an event for every subscribed session, one copy each however many of its subscriptions match.</summary>
    public void Publish(BayeuxEvent evt) => Publish(evt, except: null);

    /// <summary>
    /// Ends a session: what waits for it is sent first, then the client is told to stop. A client that polls and is between two
    /// polls learns it with the next.
    /// </summary>
    public void Disconnect(BayeuxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        End(session, ConnectEnd.DisconnectedByHost);
    }

    /// <summary>Ends all sessions and answers what is held; called when the application stops. New requests get 503.</summary>
    public void Stop()
    {
        stopping.Cancel();
        foreach (var session in sessions.Values) End(session, ConnectEnd.ServerStopping);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Wheel.Dispose();
        stopping.Dispose();
    }

    internal void Publish(BayeuxEvent evt, BayeuxSession? except)
    {
        ArgumentNullException.ThrowIfNull(evt);
        var receivers = evt.Channel.Receivers;
        for (var via = 0; via < receivers.Length; via++)
        {
            foreach (var session in index.Of(receivers[via]))
            {
                if (ReferenceEquals(session, except)) continue;
                if (session.Offer(evt, via) is OfferOutcome.QueueFull) End(session, ConnectEnd.TooSlow);
            }
        }
    }

    internal BayeuxSession? Find(string? clientId) =>
        clientId is not null && sessions.TryGetValue(clientId, out var session) ? session : null;

    /// <summary>A new session, or null if there are too many already.</summary>
    internal BayeuxSession? Start(SessionOwner owner)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var session = new BayeuxSession(id, owner, around);
        if (!counts.TryAdd(session, Options)) return null;

        sessions[id] = session;
        LogStarted(session, owner.ConnectionType);
        Raise(() => SessionStarted?.Invoke(session));
        if (stopping.IsCancellationRequested) End(session, ConnectEnd.ServerStopping);
        return session;
    }

    internal void End(BayeuxSession session, ConnectEnd end)
    {
        if (!session.End(end)) return;

        if (!session.IsLeaving) sessions.TryRemove(session.Id, out _);
        counts.Remove(session);
        var reason = end switch
        {
            ConnectEnd.Expired => SessionEnd.Expired,
            ConnectEnd.TooSlow => SessionEnd.TooSlow,
            ConnectEnd.ServerStopping => SessionEnd.ServerStopping,
            _ => SessionEnd.Disconnected,
        };
        LogEnded(session, reason);
        Raise(() => SessionEnded?.Invoke(session, reason));
    }

    /// <summary>The client of a session that the host disconnected has been told.</summary>
    internal void Forget(BayeuxSession session)
    {
        session.Leave();
        sessions.TryRemove(session.Id, out _);
    }

    private void Expire(BayeuxSession session)
    {
        if (session.IsLeaving) Forget(session);
        else End(session, ConnectEnd.Expired);
    }

    // The host's handlers run on the thread of a timer or of some other client: their failures must not reach it.
    private void Raise(Action tell)
    {
        try
        {
            tell();
        }
#pragma warning disable CA1031 // whatever it is, it is logged
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogHandlerFailed(e);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "Session {Session} started over {ConnectionType}.")]
    private partial void LogStarted(BayeuxSession session, string connectionType);

    [LoggerMessage(2, LogLevel.Debug, "Session {Session} ended: {Reason}.")]
    private partial void LogEnded(BayeuxSession session, SessionEnd reason);

    [LoggerMessage(3, LogLevel.Error, "A handler of a session's start or end failed.")]
    private partial void LogHandlerFailed(Exception e);
}
