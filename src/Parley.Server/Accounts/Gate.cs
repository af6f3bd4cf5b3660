using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Parley.Server.Nodes;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Accounts;

/// <summary>
/// Lets a request of the agent API through to its endpoint, or answers why not; keeps the session alive meanwhile.
/// </summary>
internal sealed class Gate(HttpSessions sessions, Csrf csrf, ContactCenter center, Freshness freshness)
{
    private const string ContactCenterHeader = "ContactCenterId";

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        var demands = context.GetEndpoint()?.Metadata.GetOrderedMetadata<IDemand>() ?? [];
        if (SignedInUser.Of(context) is not { } user)
        {
            var isOpen = demands.Count == 0 || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            await (isOpen ? next(context) : context.ChallengeAsync(SignIn.SchemeName));
            return;
        }
        if (HttpMethods.IsGet(context.Request.Method)) csrf.GiveToken(context.Response, user.Session);
        using (sessions.KeepAlive(user.Session))
        {
            // who listens is told everything in its order, wherever this node stands
            if (!Api.IsNotifications(context.Request.Path))
            {
                await freshness.CatchUp(context.RequestAborted);
                if (user.Session.IsSignedOut)
                {
                    await context.ChallengeAsync(SignIn.SchemeName); // logged out of, on another node
                    return;
                }
            }
            await (Refusal(context, user, demands) is { } refusal ? refusal.ExecuteAsync(context) : next(context));
        }
    }

    private ApiAnswer? Refusal(HttpContext context, SignedInUser user, IReadOnlyList<IDemand> demands)
    {
        if (csrf.Refusal(context.Request, user) is { } forged) return ApiAnswer.Refused(forged);
        if (user.User.ChangePasswordOnFirstLogin && !MayBeforePasswordChange(context.Request))
            return ApiAnswer.PasswordChangeDemanded;
        if (context.Request.Headers[ContactCenterHeader] is [{ Length: > 0 } other]
            && !other.Equals(center.Id, StringComparison.OrdinalIgnoreCase))
            return ApiAnswer.Refused(Reason.Forbidden, $"The user does not belong to contact centre {other}.");
        return demands.Select(d => d.Refusal(user, center)).FirstOrDefault(r => r is not null) is { } refusal
            ? ApiAnswer.Refused(refusal)
            : null;
    }

    private static bool MayBeforePasswordChange(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) && Api.IsMe(request.Path)) || Api.IsLogout(request.Path);
}
