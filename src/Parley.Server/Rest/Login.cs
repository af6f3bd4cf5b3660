using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Notifications;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>POST /login</c> and <c>/logout</c>: for browsers, which must not keep a password in a script.</summary>
internal static class Login
{
    public static void MapLogin(this IEndpointRouteBuilder api)
    {
        var login = api.MapGroup("").WithTags("Login");
        login.MapPost("/login", LogIn).AllowAnonymous().Takes(Credentials).Answers(Me.Described);
        login.MapPost("/logout", LogOut).Answers(Answer.Nothing);
    }

    private static Body Credentials => new(_ => Shape.Object(("userName", Shape.Text()), ("password", Shape.Text())));

    /// <summary>
    /// Signs in with user name and password. <c>{"userName":"…","password":"…"}</c> answers as <c>GET /me</c> and sets the
    /// session's cookie.
    /// </summary>
    private static async Task<ApiAnswer> LogIn(
        HttpContext context, RequestBody body, PasswordCheck passwords, HttpSessions sessions, SessionCookie cookie, Csrf csrf,
        ContactCenter center, AgentDesk desk, Links links, Fields fields)
    {
        var credentials = new BasicCredentials(body.RequiredText("userName"), body.RequiredText("password"));
        if (body.Refused is { } refused) return ApiAnswer.Refused(refused);
        var verdict = await passwords.Check(credentials, context.Connection.RemoteIpAddress, context.RequestAborted);
        if (verdict.TryAgainAfter is { } wait) return SignIn.TooManyFailures(context.Response, wait);
        if (verdict.User is not { } user) return ApiAnswer.NotAuthenticated("User name or password is wrong.");

        if (SignedInUser.Of(context) is { } former)
        {
            if (await sessions.SignOutElsewhere(former.Session) is { } remains) return ApiAnswer.Refused(remains);
            sessions.End(former.Session);
        }
        var session = sessions.Start(user.Id);
        cookie.Give(context, session);
        csrf.GiveToken(context.Response, session);
        return Me.AnswerFor(new SignedInUser(user, session), center, desk, links, fields, context.Request.Query["subresources"]);
    }

    /// <summary>Ends the HTTP session and what listens in it; the contact-centre session goes on.</summary>
    private static async Task<ApiAnswer> LogOut(
        HttpContext context, SignedInUser me, HttpSessions sessions, SessionCookie cookie, Notifier notifier)
    {
        if (await sessions.SignOutElsewhere(me.Session) is { } refused) return ApiAnswer.Refused(refused);
        me.Session.IsOver = true;
        notifier.Dismiss(me.Id);
        sessions.End(me.Session);
        cookie.TakeBack(context);
        return ApiAnswer.Ok;
    }
}
