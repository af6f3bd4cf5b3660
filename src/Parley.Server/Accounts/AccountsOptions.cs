using System.ComponentModel.DataAnnotations;

namespace Parley.Server.Accounts;

/// <summary>Section <c>Parley:Accounts</c>: sign-in and HTTP sessions.</summary>
internal sealed class AccountsOptions
{
    /// <summary>How long an HTTP session lives without a request.</summary>
    [Range(1_000, 86_400_000)]
    public int SessionIdleMs { get; set; } = 1_800_000;

    /// <summary>HTTP sessions altogether; at the bound the one that has been idle the longest ends.</summary>
    [Range(1, 1_000_000)]
    public int MaxSessions { get; set; } = 20_000;

    /// <summary>HTTP sessions of one user; at the bound one whose cookie never came back ends, else the most idle.</summary>
    [Range(1, 10_000)]
    public int MaxSessionsPerUser { get; set; } = 32;

    /// <summary>How long credentials that were right are believed, from their last use on, without hashing again.</summary>
    [Range(0, 3_600_000)]
    public int CredentialCacheMs { get; set; } = 300_000;

    /// <summary>Credentials remembered; at the bound the oldest is forgotten.</summary>
    [Range(1, 1_000_000)]
    public int MaxCachedCredentials { get; set; } = 10_000;

    /// <summary>Wrong passwords for one user from one address within the window, before 429 is answered.</summary>
    [Range(1, 10_000)]
    public int MaxFailedAttempts { get; set; } = 10;

    /// <summary>Wrong passwords from one address within the window, whoever's, before 429 is answered.</summary>
    [Range(1, 1_000_000)]
    public int MaxFailedAttemptsPerAddress { get; set; } = 100;

    /// <summary>The window in which failed attempts are counted.</summary>
    [Range(1_000, 86_400_000)]
    public int FailedAttemptsWindowMs { get; set; } = 300_000;

    /// <summary>Pairs of address and user whose failures are counted; at the bound the oldest count is forgotten.</summary>
    [Range(1, 1_000_000)]
    public int MaxCountedFailures { get; set; } = 50_000;

    /// <summary>Passwords hashed at the same time.</summary>
    [Range(1, 256)]
    public int MaxConcurrentHashes { get; set; } = Math.Clamp(Environment.ProcessorCount, 1, 256);

    /// <summary>Requests waiting for a password to be hashed; one more is answered 429.</summary>
    [Range(0, 100_000)]
    public int MaxWaitingHashes { get; set; } = 50;

    /// <summary>Whether changing requests with a session cookie must bring the session's token.</summary>
    public bool EnableCsrfProtection { get; set; }

    public TimeSpan SessionIdle => TimeSpan.FromMilliseconds(SessionIdleMs);

    public TimeSpan CredentialCache => TimeSpan.FromMilliseconds(CredentialCacheMs);

    public TimeSpan FailedAttemptsWindow => TimeSpan.FromMilliseconds(FailedAttemptsWindowMs);
}
