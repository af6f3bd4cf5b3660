using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <summary>Whether a request may speak for the session whose id it names. The id alone is no credential.</summary>
internal static class SessionClaim
{
    /// <summary>The signed-in user of a request; null if there is none.</summary>
    public static string? UserOf(HttpContext http) =>
        http.User.Identity is { IsAuthenticated: true, Name: { Length: > 0 } name } ? name : null;

    /// <summary>The browser cookie of a request; null if it has none, or one that this server did not make.</summary>
    public static string? BrowserOf(HttpContext http, BayeuxOptions options) =>
        http.Request.Cookies.TryGetValue(options.BrowserCookie.Name!, out var value) && value.Length == 32
            && value.All(char.IsAsciiHexDigitLower) ? value : null;

    /// <summary>
    /// Granted to the user of the session or, without a user, to the browser of the session. On a WebSocket also if the
    /// handshake came with neither, for then there is nothing to compare.
    /// </summary>
    public static ClaimVerdict Of(BayeuxSession session, HttpContext http, BayeuxOptions options)
    {
        var owner = session.Owner;
        if (UserOf(http) is { } user)
            return user == owner.User || user == owner.Principal ? ClaimVerdict.Granted : ClaimVerdict.Foreign;
        if (owner.Browser is not null && owner.Browser == BrowserOf(http, options)) return ClaimVerdict.Granted;

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
