using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.Primitives;

namespace Parley.Bayeux;

/// <summary>Whether a request may speak for the session whose id it names. The id alone is no credential.</summary>
internal static class SessionClaim
{
    private const int ValueLength = 32;

    private static readonly object Given = new();
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// The signed-in user of a request: his id or, without one, his name, which others may share. Null if there is none.
    /// </summary>
    public static string? UserOf(HttpContext http) =>
        http.Features.Get<IHttpAuthenticationFeature>()?.User is { Identity: { IsAuthenticated: true } identity } user
            ? new[] { ClaimTypes.NameIdentifier, "sub" }.Select(user.FindFirstValue).Append(identity.Name)
                .FirstOrDefault(name => !string.IsNullOrEmpty(name))
            : null;

    /// <summary>
    /// The browser cookie of a request, or the one it was given; null if it has none, or one that no server of this kind makes.
    /// </summary>
    public static string? BrowserOf(HttpContext http, BayeuxOptions options) =>
        http.Items.TryGetValue(Given, out var given)
            ? (string?)given
            : CookieOf(http.Request.Headers.Cookie, options.BrowserCookie.Name!)
                ?? CookieOf(http.Request.Headers.Cookie, options.SocketCookieName);

    /// <summary>
    /// Whether a page opened this WebSocket when its browser had no cookie yet, and names a session that was begun over HTTP: it
    /// may have been given that session's cookie at the same time, and then shows it with its next WebSocket.
    /// </summary>
    public static bool IsEarly(BayeuxSession session, HttpContext http) =>
        http.Items.ContainsKey(Given) && session.Owner.ConnectionType != "websocket";

    private static bool Shows(HttpContext http, BayeuxOptions options, string browser) =>
        IsSame(browser, BrowserOf(http, options))
            || IsSame(browser, CookieOf(http.Request.Headers.Cookie, options.SocketCookieName));

    // What no server of this kind makes is another browser's as well.
    private static bool ShowsAny(HttpContext http, BayeuxOptions options) =>
        http.Request.Cookies.ContainsKey(options.BrowserCookie.Name!)
            || http.Request.Cookies.ContainsKey(options.SocketCookieName);

    // In a time that tells nothing of where they differ.
    private static bool IsSame(string secret, string? shown) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(secret.AsSpan()), MemoryMarshal.AsBytes(shown.AsSpan()));

    // Read straight from the header, for every request has to show it; such values need no decoding.
    private static string? CookieOf(StringValues headers, string name)
    {
        foreach (var header in headers)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).Trim();
                if (pair.Length != name.Length + 1 + ValueLength || pair[name.Length] != '=') continue;
                var value = pair[^ValueLength..];
                if (pair.StartsWith(name, StringComparison.Ordinal) && !value.ContainsAnyExcept(HexDigits))
                    return value.ToString();
            }
        }
        return null;
    }

    /// <summary>The browser cookie of a request; if it has none, a new one that is set with the answer.</summary>
    /// <remarks>
    /// With a WebSocket it has a name of its own, for a page may open one while it handshakes over HTTP, and neither answer may
    /// replace what the other has set.
    /// </remarks>
    public static string EnsureBrowser(HttpContext http, BayeuxOptions options)
    {
        if (BrowserOf(http, options) is { } known) return known;

        var browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var name = http.WebSockets.IsWebSocketRequest ? options.SocketCookieName : options.BrowserCookie.Name!;
        http.Response.Cookies.Append(name, browser, options.BrowserCookie.Build(http));
        http.Items[Given] = browser;
        return browser;
    }

    /// <summary>
    /// Granted to the user of the session or, without a user, to the browser of the session. On a WebSocket also if the
    /// handshake came with neither, as those of programs may, for then there is nothing to compare; and, where the cookie is
    /// optional, to whoever shows none.
    /// </summary>
    public static ClaimVerdict Of(BayeuxSession session, HttpContext http, BayeuxOptions options)
    {
        var owner = session.Owner;
        if (UserOf(http) is { } user)
        {
            var isOwner = owner.User is { } own
                ? own == user
                : owner.Principal == user || owner.Principal == http.User.Identity!.Name;
            return isOwner ? ClaimVerdict.Granted : ClaimVerdict.Foreign;
        }
        if (owner.Browser is { } browser && Shows(http, options, browser)) return ClaimVerdict.Granted;

        if (options.BrowserCookieIsOptional && owner.User is null && !ShowsAny(http, options)) return ClaimVerdict.Granted;

        var nothingToCompare = owner.User is null && owner.Browser is null;
        return nothingToCompare && http.WebSockets.IsWebSocketRequest ? ClaimVerdict.Granted : ClaimVerdict.Unknown;
    }
}

/// <summary>What a request may do with the session it names.</summary>
internal enum ClaimVerdict
{
    Granted,

    /// <summary>As if the session did not exist: <c>402</c>.</summary>
    Unknown,

    /// <summary>The request is authenticated as somebody else: <c>403</c>.</summary>
    Foreign,
}
