using System.Security.Cryptography;
using Parley.Log;

namespace Parley.Server.Accounts;

/// <summary>The HTTP sessions of this node, in memory. Several nodes take each other's over as they are used.</summary>
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
    private readonly SharedSessions? shared;
    private readonly ITimer sweep;

    /// <param name="options">Their limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="shared">What they have in common with other nodes; null where there are none.</param>
    public HttpSessions(AccountsOptions options, TimeProvider time, SharedSessions? shared = null)
    {
        (this.options, this.time, this.shared) = (options, time, shared);
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
        var id = Secret(16);
        var session = new HttpSession(id, user, shared?.CsrfTokenOf(id) ?? Secret(16)) { LastUsed = time.GetTimestamp() };
        lock (gate) Add(session);
        return session;
    }

    /// <summary>The value of a session's cookie, from now on.</summary>
    public string CookieOf(HttpSession session) => shared?.CookieOf(session, time.GetUtcNow()) ?? session.Id;

    /// <summary>
    /// The living session of a cookie's value, whichever node began it; null if there is none. Counts as activity.
    /// </summary>
    /// <returns>The session, and whether its cookie is to be renewed.</returns>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async ValueTask<(HttpSession? Session, bool Renew)> FindShared(string? cookie)
    {
        if (shared is null || cookie is null) return (Find(cookie), false);
        if (shared.Read(cookie) is not { } read) return (null, false);
        var age = time.GetUtcNow() - read.Given;
        var renew = age > options.SessionIdle / 8;
        var session = Find(read.Id);
        if (session is null && age < options.SessionIdle) session = Adopt(read);
        return session is null || await IsOver(session) ? (null, false) : (session, renew);
    }

    /// <summary>Has the other nodes end a session; null once they must, or why they need not.</summary>
    public Task<Rejection?> SignOutElsewhere(HttpSession session) =>
        shared?.SignOut(session) ?? Task.FromResult<Rejection?>(null);

    /// <summary>Ends a session by the name it is known by; false if it is not here.</summary>
    public bool EndNamed(AgentId user, string name)
    {
        lock (gate)
        {
            if (byUser.GetValueOrDefault(user)?.Find(s => SharedSessions.NameOf(s.Id) == name) is not { } session) return false;
            session.IsOver = session.IsSignedOut = true;
            Remove(session);
            return true;
        }
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

    /// <summary>
    /// Whether a session that was taken over had been logged out of; nobody comes in by it before that is known.
    /// </summary>
    private async Task<bool> IsOver(HttpSession session)
    {
        try
        {
            if (session.WasSignedOut is null || !await session.WasSignedOut.Value) return session.IsSignedOut;
            session.IsSignedOut = true;
        }
        catch
        {
            End(session); // the next request asks again
            throw;
        }
        End(session);
        return true;
    }

    /// <summary>
    /// From here on a log-out that comes along the log ends it; whether there was one before is asked after that.
    /// </summary>
    private HttpSession Adopt(SharedCookie cookie)
    {
        lock (gate)
        {
            if (byId.TryGetValue(cookie.Id, out var known)) return known;
            var session = new HttpSession(cookie.Id, cookie.User, shared!.CsrfTokenOf(cookie.Id))
            {
                LastUsed = time.GetTimestamp(), CookieCameBack = true,
                WasSignedOut = new Lazy<Task<bool>>(() => shared.IsSignedOut(cookie)),
            };
            Add(session);
            return session;
        }
    }

    private void Add(HttpSession session)
    {
        var user = session.User;
        if (byUser.TryGetValue(user, out var ofUser) && ofUser.Count >= options.MaxSessionsPerUser)
            Remove(MostDispensable(ofUser));
        if (byId.Count >= options.MaxSessions) Remove(MostDispensable(byId.Values));
        byId[session.Id] = session;
        if (!byUser.TryAdd(user, [session])) byUser[user].Add(session);
    }

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
