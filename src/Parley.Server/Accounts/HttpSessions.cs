using System.Security.Cryptography;

namespace Parley.Server.Accounts;

/// <summary>All HTTP sessions, in memory.</summary>
/// <remarks>
/// A session ends when it is idle too long; a request under way, an open notifications poll for one, keeps it. Their
/// number is bounded, altogether and per user: at a bound one ends to make room, first one whose cookie never came back
/// (a client without cookies gets a new session with every request), then the one idle the longest.
/// </remarks>
internal sealed class HttpSessions : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, HttpSession> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<AgentId, List<HttpSession>> byUser = [];
    private readonly AccountsOptions options;
    private readonly TimeProvider time;
    private readonly ITimer sweep;

    public HttpSessions(AccountsOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        sweep = time.CreateTimer(_ => EndIdle(), null, options.SessionIdle, options.SessionIdle);
    }

    public int Count
    {
        get
        {
            lock (gate) return byId.Count;
        }
    }

    public HttpSession Start(AgentId user)
    {
        var session = new HttpSession(Secret(16), user, Secret(16)) { LastUsed = time.GetTimestamp() };
        lock (gate)
        {
            if (byUser.TryGetValue(user, out var ofUser) && ofUser.Count >= options.MaxSessionsPerUser)
                Remove(MostDispensable(ofUser));
            if (byId.Count >= options.MaxSessions) Remove(MostDispensable(byId.Values));
            byId[session.Id] = session;
            if (!byUser.TryAdd(user, [session])) byUser[user].Add(session);
        }
        return session;
    }

    /// <summary>The living session of a cookie's value; null if there is none. Counts as activity.</summary>
    public HttpSession? Find(string? cookie)
    {
        if (cookie is null) return null;
        lock (gate)
        {
            if (!byId.TryGetValue(cookie, out var session)) return null;
            if (IsIdleTooLong(session))
            {
                Remove(session);
                return null;
            }
            session.CookieCameBack = true;
            session.LastUsed = time.GetTimestamp();
            return session;
        }
    }

    /// <summary>Keeps the session alive until disposed, however long that takes; the idle time begins again then.</summary>
    public RequestUnderWay KeepAlive(HttpSession session)
    {
        lock (gate) session.RequestsUnderWay++;
        return new RequestUnderWay(this, session);
    }

    public void End(HttpSession session)
    {
        lock (gate) Remove(session);
    }

    public void Dispose() => sweep.Dispose();

    private void EndIdle()
    {
        lock (gate)
        {
            foreach (var session in byId.Values.Where(IsIdleTooLong).ToArray()) Remove(session);
        }
    }

    private bool IsIdleTooLong(HttpSession session) =>
        session.RequestsUnderWay == 0 && time.GetElapsedTime(session.LastUsed) >= options.SessionIdle;

    private static HttpSession MostDispensable(IEnumerable<HttpSession> sessions) =>
        sessions.MinBy(s => (s.RequestsUnderWay > 0, s.CookieCameBack, s.LastUsed))!;

    private void Remove(HttpSession session)
    {
        if (!byId.Remove(session.Id)) return;
        var ofUser = byUser[session.User];
        ofUser.Remove(session);
        if (ofUser.Count == 0) byUser.Remove(session.User);
    }

    private static string Secret(int bytes) => RandomNumberGenerator.GetHexString(bytes * 2, lowercase: true);

    /// <summary>A request that keeps its session alive.</summary>
    internal readonly struct RequestUnderWay(HttpSessions sessions, HttpSession session) : IDisposable
    {
        public void Dispose()
        {
            lock (sessions.gate)
            {
                session.RequestsUnderWay--;
                session.LastUsed = sessions.time.GetTimestamp();
            }
        }
    }
}
