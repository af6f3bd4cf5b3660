using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Parley.Bayeux;

/// <content>What concerns browsers: their cookie, and whose pages may come.</content>
public sealed partial class BayeuxOptions
{
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>
    /// The attributes of the browser cookie; the one that comes with a WebSocket has <c>_WS</c> after the name. Secure is added
    /// on TLS. For pages of other sites: <c>SameSite</c> None, <c>SecurePolicy</c> Always, and <c>Partitioned</c> among the
    /// <c>Extensions</c>.
    /// </summary>
    public CookieBuilder BrowserCookie { get; set; } = new()
    {
        Name = "BAYEUX_BROWSER",
        Path = "/",
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
        IsEssential = true,
    };

    /// <summary>
    /// Whether a request without any browser cookie may speak for a session by its id alone, for browsers keep back the cookies
    /// of other sites and programs have none. One that shows another browser's cookie is refused all the same. Only for sessions
    /// whose id is as good a secret as any other that their clients hold.
    /// </summary>
    public bool BrowserCookieIsOptional { get; set; }

    /// <summary>
    /// The origins, exactly as browsers send them (<c>https://desk.example.org</c>), whose pages may use the endpoint beside
    /// the server's own, with credentials. Requests and upgrades with another <c>Origin</c> get 403; those without one do not
    /// come from foreign pages.
    /// </summary>
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    /// <summary>What pages of allowed origins may send beside <c>content-type</c> and <c>authorization</c>.</summary>
    public IReadOnlyList<string> AllowedHeaders { get; set; } = [];

    /// <summary>
    /// The host's own rule for origins that are neither listed nor the server's; null to refuse them. The answers' CORS headers,
    /// and preflights, are then its own CORS policy's too. With callback-polling it is also asked about the origin of
    /// <c>Referer</c>, which a CORS policy does not look at.
    /// </summary>
    public Func<HttpContext, string, bool>? AllowOrigin { get; set; }

    /// <summary>The name under which a page gets the browser cookie with a WebSocket.</summary>
    internal string SocketCookieName => BrowserCookie.Name + "_WS";

    private void ValidateOrigins(List<string> wrong)
    {
        if (!IsToken(BrowserCookie?.Name))
            wrong.Add($"{nameof(BrowserCookie)} needs a name of characters HTTP allows in names, not '{BrowserCookie?.Name}'.");
        if (AllowedOrigins is null) wrong.Add($"{nameof(AllowedOrigins)} must not be null.");
        foreach (var origin in AllowedOrigins ?? [])
        {
            if (!IsOrigin(origin))
                wrong.Add($"{nameof(AllowedOrigins)}: '{origin}' is not an origin such as https://desk.example.org.");
        }
        if (AllowedHeaders is null) wrong.Add($"{nameof(AllowedHeaders)} must not be null.");
        foreach (var header in AllowedHeaders ?? [])
        {
            if (!IsToken(header))
                wrong.Add($"{nameof(AllowedHeaders)}: '{header}' is not of the characters HTTP allows in names.");
        }
    }

    // Browsers write host names in lower case and leave out the scheme's own port.
    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
            && uri.GetLeftPart(UriPartial.Authority) == text;

    private static bool IsToken(string? text) => text is { Length: > 0 } && !text.AsSpan().ContainsAnyExcept(TokenCharacters);
}
