namespace Parley.Server.Accounts;

/// <summary>The cookie that carries a session: not for scripts, and only to other sites if they are allowed to call.</summary>
internal sealed class SessionCookie(CrossOriginOptions crossOrigin, HttpSessions sessions)
{
    public void Give(HttpContext context, HttpSession session) =>
        context.Response.Cookies.Append(HttpSession.CookieName, sessions.CookieOf(session), Attributes(context));

    public void TakeBack(HttpContext context) =>
        context.Response.Cookies.Delete(HttpSession.CookieName, Attributes(context));

    private CookieOptions Attributes(HttpContext context) => new()
    {
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        Secure = context.Request.IsHttps,
        // browsers accept None only together with Secure
        SameSite = crossOrigin.AllowedOrigins.Length > 0 && context.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
    };
}
