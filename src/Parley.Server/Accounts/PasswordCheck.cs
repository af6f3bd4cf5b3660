using System.Net;
using System.Security.Cryptography;
using System.Text;
using Parley.Bayeux;
using Parley.Server.Provisioning;

namespace Parley.Server.Accounts;

/// <summary>What came of checking credentials: the user, or nobody; after too many failures, when to try again.</summary>
internal readonly record struct PasswordVerdict(User? User, TimeSpan? TryAgainAfter = null);

/// <summary>Decides whether credentials are right.</summary>
/// <remarks>
/// Right ones are remembered for some minutes as an HMAC under a key that only this process has, so that Basic on every
/// request costs one HMAC; wrong ones never are. A name nobody has costs as much time as a wrong password. Failures are
/// counted per address and user name, and per address.
/// </remarks>
internal sealed class PasswordCheck(AccountsOptions options, ContactCenter center, TimeProvider time) : IDisposable
{
    private static readonly string DecoyHash = Passwords.Hash(Guid.NewGuid().ToString());
    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(1);

    private readonly byte[] processKey = RandomNumberGenerator.GetBytes(32);
    private readonly ShortMemory<string, User> verified = new(options.MaxCachedCredentials, options.CredentialCache, time);
    private readonly ShortMemory<string, int> failures = new(options.MaxCountedFailures, options.FailedAttemptsWindow, time);
    private readonly SemaphoreSlim hashing = new(options.MaxConcurrentHashes);
    private int waiting;

    public async ValueTask<PasswordVerdict> Check(BasicCredentials credentials, IPAddress? from, CancellationToken stop)
    {
        var proof = Keyed(credentials.UserName, credentials.Password);
        if (Remembered(proof) is { } known) return new PasswordVerdict(known);
        if (Interlocked.Increment(ref waiting) > options.MaxWaitingHashes + options.MaxConcurrentHashes)
        {
            Interlocked.Decrement(ref waiting);
            return new PasswordVerdict(null, WhenBusy);
        }
        try
        {
            await hashing.WaitAsync(stop);
            try
            {
                // while this request waited, another may have proved the same credentials or used up the attempts
                return Remembered(proof) is { } user ? new PasswordVerdict(user) : Hash(credentials, proof, from);
            }
            finally
            {
                hashing.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => hashing.Dispose();

    private PasswordVerdict Hash(BasicCredentials credentials, string proof, IPAddress? from)
    {
        var address = ClientNetwork.Of(from).ToString();
        var attempt = Keyed(address, credentials.UserName.ToUpperInvariant());
        if (Exhausted(attempt, options.MaxFailedAttempts) is { } pause) return new PasswordVerdict(null, pause);
        if (Exhausted(address, options.MaxFailedAttemptsPerAddress) is { } longPause) return new PasswordVerdict(null, longPause);

        var user = center.Users.ByName(credentials.UserName);
        // the hash pads a password with NULs, so one more of them would make no difference
        var right = Passwords.Verify(user?.PasswordHash ?? DecoyHash, credentials.Password)
            && !credentials.Password.Contains('\0', StringComparison.Ordinal);
        if (right && user is { Enabled: true })
        {
            verified.Put(proof, user, _ => user);
            failures.Forget(attempt);
            return new PasswordVerdict(user);
        }
        failures.Put(attempt, 1, count => count + 1);
        failures.Put(address, 1, count => count + 1);
        return default;
    }

    /// <summary>How long to wait after so many failures; null if there were fewer.</summary>
    private TimeSpan? Exhausted(string counted, int most) =>
        failures.TryGet(counted, out var failed) && failed >= most ? failures.TimeLeft(counted) ?? WhenBusy : null;

    /// <summary>Whoever goes on working goes on being known, whatever others at the same address try meanwhile.</summary>
    private User? Remembered(string proof)
    {
        if (!verified.TryGet(proof, out var user)) return null;
        verified.Renew(proof);
        return user;
    }

    private string Keyed(string first, string second) =>
        Convert.ToBase64String(HMACSHA256.HashData(processKey, Encoding.UTF8.GetBytes($"{first}\0{second}")));
}
