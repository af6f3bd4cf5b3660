using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Accounts;

/// <summary>Protection against requests that another site makes a browser send; off unless configured.</summary>
/// <remarks>
/// Any GET of a signed-in user answers <c>X-CSRF-HEADER: X-CSRF-TOKEN</c> and <c>X-CSRF-TOKEN: {token}</c>. POST, PUT and
/// DELETE with the session cookie must bring the token back. A request with credentials and no cookie is exempt: it
/// cannot be forged. Source: "CSRF Protection".
/// </remarks>
internal sealed class Csrf(AccountsOptions options)
{
    public const string NameHeader = "X-CSRF-HEADER";
    public const string TokenHeader = "X-CSRF-TOKEN";

    public void GiveToken(HttpResponse response, HttpSession session)
    {
        if (!options.EnableCsrfProtection) return;
        response.Headers[NameHeader] = TokenHeader;
        response.Headers[TokenHeader] = session.CsrfToken;
    }

    public Rejection? Refusal(HttpRequest request, SignedInUser user)
    {
        var harmless = !options.EnableCsrfProtection
            || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)
            || !request.Cookies.ContainsKey(HttpSession.CookieName);
        return harmless || IsToken(request.Headers[TokenHeader].ToString(), user.Session)
            ? null
            : new Rejection(Reason.Forbidden, "Missing or invalid Csrf token");
    }

    private static bool IsToken(string token, HttpSession session) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(session.CsrfToken));
}
