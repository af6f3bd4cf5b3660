namespace Parley.Server.Accounts;

/// <summary>One HTTP session: what a <c>JSESSIONID</c> cookie stands for.</summary>
internal sealed class HttpSession(string id, AgentId user, string csrfToken)
{
    public const string CookieName = "JSESSIONID";

    /// <summary>The cookie's value; a secret.</summary>
    public string Id => id;

    public AgentId User => user;

    /// <summary>What changing requests must bring when protection against forged requests is on.</summary>
    public string CsrfToken => csrfToken;

    /// <summary>The user logged out, or is about to: what was opened in this session ends with it.</summary>
    public bool IsOver { get; set; }

    /// <summary>
    /// The log says that the user logged out of it, on whichever node: no request that came after that may count.
    /// </summary>
    public bool IsSignedOut { get; set; }

    /// <summary>Whether it was over before this node took it over from another; null for one that began here.</summary>
    public Lazy<Task<bool>>? WasSignedOut { get; init; }

    // guarded by the gate of HttpSessions
    internal long LastUsed { get; set; }
    internal int RequestsUnderWay { get; set; }
    internal bool CookieCameBack { get; set; }

    /// <summary>The user alone: the id never gets into a log.</summary>
    public override string ToString() => $"a session of {user}";
}
