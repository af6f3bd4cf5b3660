using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux;

/// <summary>The live sessions of one endpoint, and the way events reach them.</summary>
/// <remarks>
/// All members may be called from any thread. None waits for a client: events are queued, transports do the rest.
/// </remarks>
public sealed partial class BayeuxServer : IDisposable
{
    private readonly ConcurrentDictionary<string, BayeuxSession> sessions = new(StringComparer.Ordinal);
    private readonly SessionCounts counts = new();
    private readonly ILogger<BayeuxServer> log;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationToken stopped;

    /// <summary>
    /// A server of its own; throws <see cref="ArgumentException"/> with everything that is wrong with the options. They are not
    /// to be changed afterwards.
    /// </summary>
    public BayeuxServer(
        BayeuxOptions options, IBayeuxPolicy policy, TimeProvider time, ILogger<BayeuxServer> log, string name = "")
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(policy);
        var wrong = options.Validate();
        if (wrong.Count > 0) throw new ArgumentException("Bayeux options: " + string.Join(' ', wrong), nameof(options));

        Name = name;
        Options = options;
        Policy = policy;
        Extensions = [.. options.Extensions];
        this.log = log;
        stopped = stopping.Token;
        Handshakes = new HandshakeRates(options.HandshakesPerAddress);
        Wheel = new TimerWheel(time, LogTimerFailed);
        Telemetry = new Telemetry(this);
    }

    /// <summary>
    /// A session has subscribed with this message, or has been refused; raised before its client knows, for each message about
    /// which the policy was asked. What is delivered to it here reaches it together with the reply, or soon after.
    /// </summary>
    public event Action<BayeuxSession, BayeuxMessage, SubscribeResult>? Subscribed;

    /// <summary>A session began; raised before its client knows.</summary>
    public event Action<BayeuxSession>? SessionStarted;

    /// <summary>A session ended; raised once, after it stopped accepting events.</summary>
    public event Action<BayeuxSession, SessionEnd>? SessionEnded;

    /// <summary>A session subscribed to a channel or pattern or left it, other than by its end.</summary>
    public event Action<BayeuxSession, ChannelName, SubscriptionChange>? SubscriptionChanged;

    /// <summary>The name it was registered under, by which measurements and traces know it; empty if it has none.</summary>
    public string Name { get; }

    /// <summary>What the host declared about channels.</summary>
    public BayeuxChannels Channels { get; } = new();

    /// <summary>
    /// The live sessions, looked up one by one as they are enumerated: others may begin or end meanwhile. It costs no copy.
    /// </summary>
    public IEnumerable<BayeuxSession> Sessions => sessions.Select(entry => entry.Value).Where(session => session.IsLive);

    /// <summary>How many sessions are live.</summary>
    public int SessionCount => counts.Total;

    internal BayeuxOptions Options { get; }

    internal IBayeuxPolicy Policy { get; }

    internal BayeuxExtension[] Extensions { get; }

    internal TimerWheel Wheel { get; }

    internal SubscriptionIndex Index { get; } = new();

    internal Backlog Backlog { get; } = new();

    internal HandshakeRates Handshakes { get; }

    internal HeldPerBrowser Browsers { get; } = new();

    internal Telemetry Telemetry { get; }

    internal ILogger<BayeuxServer> Log => log;

    /// <summary>Cancelled when the server stops.</summary>
    internal CancellationToken Stopping => stopped;

    /// <summary>The live sessions of a principal at this moment, oldest first.</summary>
    public IReadOnlyCollection<BayeuxSession> SessionsOf(string principal) => counts.SessionsOf(principal);

    /// <summary>
    /// The sessions subscribed to exactly this name at this moment, be it a channel or a pattern. Events of a channel also reach
    /// those subscribed to patterns that match it.
    /// </summary>
    public IReadOnlyCollection<BayeuxSession> SubscribersOf(ChannelName channelOrPattern)
    {
        ArgumentNullException.ThrowIfNull(channelOrPattern);
        return Index.Of(channelOrPattern.Text).ToArray();
    }

    /// <summary>The session of that id if it is live, and otherwise null.</summary>
    public BayeuxSession? SessionOf(string id) => Find(id) is { IsLive: true } session ? session : null;

    /// <summary>A session of the host's own, by which it publishes and hears as if it were a client.</summary>
    public LocalSession OpenLocalSession(string name) => new(name, this);

    /// <summary>
    /// Ends a session: what waits for it is sent first, then the client is told to stop. A client that polls and is between two
    /// polls learns it with the next. Throws <see cref="ArgumentException"/> for a session of another server.
    /// </summary>
    public void Disconnect(BayeuxSession session)
    {
        CheckOwn(session);
        End(session, ConnectEnd.DisconnectedByHost);
    }

    /// <summary>
    /// Ends a session whose client cannot be told all that it should be, as if it had been too slow: the client is advised to
    /// handshake again. Throws <see cref="ArgumentException"/> for a session of another server.
    /// </summary>
    public void Abandon(BayeuxSession session)
    {
        CheckOwn(session);
        End(session, ConnectEnd.TooSlow);
    }

    /// <summary>
    /// Ends all sessions; called when the application stops. Polls that are held are answered with what waits and the advice to
    /// connect again in a second, which leads to another node where there is one. New requests get 503.
    /// </summary>
    public void Stop()
    {
        stopping.Cancel();
        foreach (var session in sessions.Values) End(session, ConnectEnd.ServerStopping);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Telemetry.Dispose();
        Wheel.Dispose();
        stopping.Dispose();
    }

    private void CheckOwn(BayeuxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (!ReferenceEquals(session.Server, this))
            throw new ArgumentException("It is a session of another server.", nameof(session));
    }

    internal BayeuxSession? Find(string? clientId) =>
        clientId is not null && sessions.TryGetValue(clientId, out var session) ? session : null;

    internal bool Exists(ChannelName name) => Channels.IsDeclared(name) || Index.Has(name.Text);

    /// <summary>
    /// Has the extensions see a message: the server's first, then the session's. False if one of them deleted it.
    /// </summary>
    internal async ValueTask<bool> Sees(BayeuxMessage message)
    {
        foreach (var extension in Extensions)
        {
            if (!await extension.Incoming(message)) return false;
        }
        foreach (var extension in message.Session?.Extensions ?? [])
        {
            if (!await extension.Incoming(message)) return false;
        }
        return true;
    }

    /// <summary>A new session, or null if there are too many already.</summary>
    internal BayeuxSession? Start(SessionOwner owner, bool isAcknowledging)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var session = new BayeuxSession(id, owner, this);
        if (!counts.TryAdd(session, Options, Wheel.Now)) return null;

        if (isAcknowledging) session.BeginAcknowledging();
        sessions[id] = session;
        Telemetry.Started(owner.ConnectionType);
        LogStarted(session, owner.ConnectionType);
        Raise(() => SessionStarted?.Invoke(session));
        if (stopping.IsCancellationRequested) End(session, ConnectEnd.ServerStopping);
        return session;
    }

    internal void TellSubscribed(BayeuxSession session, BayeuxMessage message, SubscribeResult result)
    {
        if (Subscribed is { } subscribed) Raise(() => subscribed(session, message, result));
    }

    internal void End(BayeuxSession session, ConnectEnd end)
    {
        if (session.End(end) is not { } told) return;

        if (!session.IsLeaving) sessions.TryRemove(session.Id, out _);
        counts.Remove(session);
        LogEnded(session, told.Reason, told.Undelivered);
        Telemetry.Ended(told.Reason);
        Raise(() => session.TellEnded(told));
        Raise(() => SessionEnded?.Invoke(session, told));
    }

    /// <summary>The client of a session that the host disconnected has been told.</summary>
    internal void Forget(BayeuxSession session)
    {
        session.Leave();
        sessions.TryRemove(session.Id, out _);
    }

    internal void Expire(BayeuxSession session)
    {
        if (session.IsLeaving) Forget(session);
        else End(session, ConnectEnd.Expired);
    }

    internal void Tell(BayeuxSession session, string name, SubscriptionChange change)
    {
        if (SubscriptionChanged is { } told) Raise(() => told(session, ChannelName.Parse(name), change));
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

    [LoggerMessage(2, LogLevel.Debug, "Session {Session} ended: {Reason}, {Undelivered} events undelivered.")]
    private partial void LogEnded(BayeuxSession session, EndReason reason, int undelivered);

    [LoggerMessage(3, LogLevel.Error, "A handler of the host failed.")]
    private partial void LogHandlerFailed(Exception e);

    [LoggerMessage(4, LogLevel.Error, "A timer failed.")]
    private partial void LogTimerFailed(Exception e);
}

/// <summary>How an attempt to subscribe ended.</summary>
public enum SubscribeResult
{
    /// <summary>The session is subscribed to everything that it named.</summary>
    Granted,

    /// <summary>Its subscriptions are what they were before.</summary>
    Refused,
}
