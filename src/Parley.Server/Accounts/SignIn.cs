using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Accounts;

/// <summary>Authentication of the agent API: session cookie, then Basic; otherwise the request is anonymous.</summary>
/// <remarks>
/// The first request with credentials gets a session and its cookie. Credentials beside a cookie must be the same
/// user's; if not, they win and replace the session. The principal's name is the user's id.
/// </remarks>
internal sealed class SignIn(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    PasswordCheck passwords, HttpSessions sessions, SessionCookie cookie, ContactCenter center)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Parley";

    private TimeSpan? tryAgainAfter;

    /// <summary>The answer to one failure too many: 429, with the seconds to wait.</summary>
    public static ApiAnswer TooManyFailures(HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))}";
        return ApiAnswer.OfHttp(StatusCodes.Status429TooManyRequests, "Too many attempts to sign in; try again later.");
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Api.Covers(Request.Path)) return AuthenticateResult.NoResult();
        var (session, renew) = await sessions.FindShared(Request.Cookies[HttpSession.CookieName]);
        var user = session is null ? null : Enabled(session.User);
        if (renew && user is not null) cookie.Give(Context, session!);
        if (Request.Headers.Authorization.ToString() is var header && BasicCredentials.IsBasic(header))
        {
            user = await Verify(header);
            if (user is null) return AuthenticateResult.Fail("Wrong credentials.");
            if (session?.User != user.Id) session = await Replace(session, user);
        }
        if (user is null || session is null) return AuthenticateResult.NoResult();
        Context.Features.Set(new SignedInUser(user, session));
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(user), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (tryAgainAfter is { } wait) return TooManyFailures(Response, wait).ExecuteAsync(Context);
        // who shows nothing is taken for a customer, to whom the agents' chats are none; a browser must not ask it to sign in
        if (Api.IsChat(Request.Path) && Request.Headers.Authorization.Count == 0)
            return ApiAnswer.Refused(Reason.NotFound, "The chat was not found.").ExecuteAsync(Context);
        // browsers open a window of their own for this header, which scripts cannot prevent
        var isScript = Request.Headers.XRequestedWith == "XMLHttpRequest" || Api.IsNotifications(Request.Path);
        if (!isScript) Response.Headers.WWWAuthenticate = "Basic realm=\"Parley\", charset=\"UTF-8\"";
        return ApiAnswer.NotAuthenticated("Authentication is required: no credentials, or wrong ones.").ExecuteAsync(Context);
    }

    private async ValueTask<User?> Verify(string header)
    {
        if (BasicCredentials.Parse(header) is not { } credentials) return null;
        var verdict = await passwords.Check(credentials, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        tryAgainAfter = verdict.TryAgainAfter;
        return verdict.User;
    }

    private async Task<HttpSession> Replace(HttpSession? old, User user)
    {
        if (old is not null)
        {
            await sessions.SignOutElsewhere(old);
            sessions.End(old);
        }
        var session = sessions.Start(user.Id);
        cookie.Give(Context, session);
        return session;
    }

    private User? Enabled(AgentId id) => center.Users.ById(id) is { Enabled: true } user ? user : null;

    private static ClaimsPrincipal Principal(User user)
    {
        var roles = user.Roles.Select(r => new Claim(ClaimTypes.Role, r.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user.Id.Value), .. roles], SchemeName));
    }
}
