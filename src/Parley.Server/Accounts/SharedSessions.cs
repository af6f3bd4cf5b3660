using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Agents;
using Parley.Log;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;
using Parley.Server.Rest;

namespace Parley.Server.Accounts;

/// <summary>
/// What lets every node go on with an HTTP session that another began: its cookie says whose it is and since when, under a seal
/// that only the nodes can make. That it was logged out of is in the log; another password ends it.
/// </summary>
/// <remarks>
/// <c>user.session.time.seal</c>: the user's id in base64url, 32 hexadecimal digits, seconds since 1970 in decimal, and 32
/// hexadecimal digits of HMAC-SHA256 over what stands before and the hash of the user's password.
/// </remarks>
internal sealed class SharedSessions(IEventLog log, AgentHost agents, ContactCenter center, byte[] key)
{
    private const int SealLength = 32;

    public string CookieOf(HttpSession session, DateTimeOffset now)
    {
        var user = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(session.User.Value));
        var content = $"{user}.{session.Id}.{now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}";
        return $"{content}.{SealOf(content, session.User)}";
    }

    /// <summary>What a cookie says; null for one that no node has made, or that was made for another password.</summary>
    public SharedCookie? Read(string cookie)
    {
        if (cookie.Split('.') is not [var name, var id, var time, var seal] || seal.Length != SealLength) return null;
        if (!Base64Url.IsValid(name)) return null;
        var user = new AgentId(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name)));
        var made = SealOf($"{name}.{id}.{time}", user);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(made))) return null;
        return new SharedCookie(
            user, id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, CultureInfo.InvariantCulture)));
    }

    /// <summary>The token against forged requests; the same on every node.</summary>
    public string CsrfTokenOf(string id) => Seal($"csrf {id}");

    /// <summary>What a session is known by where its secret must not be: 32 hexadecimal digits.</summary>
    public static string NameOf(string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)).AsSpan(0, 16));

    /// <summary>Has every node end the session.</summary>
    /// <returns>Null once it is durable, or why it is not.</returns>
    public Task<Rejection?> SignOut(HttpSession session) =>
        agents.Execute(session.User, new SignOut(NameOf(session.Id)), AskedFor(session.User, session.Id));

    /// <summary>Whether somebody has logged out of the session, on whichever node.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<bool> IsSignedOut(SharedCookie cookie)
    {
        var stream = StreamKind.Agent.Prefix + cookie.User.Value;
        return await log.FindAsync(stream, CommandLog.IdOf(stream, AskedFor(cookie.User, cookie.Id))) is not [];
    }

    private static Asked AskedFor(AgentId user, string id) => new(user, new IdempotencyKey($"sign-out:{NameOf(id)}", ""));

    private string SealOf(string content, AgentId user) => Seal($"{content} {center.Users.ById(user)?.PasswordHash}");

    private string Seal(string content) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(content)).AsSpan(0, SealLength / 2));
}

/// <summary>What the cookie of a session says, to whichever node.</summary>
/// <param name="Given">When the cookie was given out; it is renewed while the session is in use.</param>
internal readonly record struct SharedCookie(AgentId User, string Id, DateTimeOffset Given);
