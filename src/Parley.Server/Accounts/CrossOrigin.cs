using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Accounts;

/// <summary>
/// Lets the allowed origins call the agent API from a browser, and pages of no others change anything or listen.
/// </summary>
internal sealed class CrossOrigin(CrossOriginOptions options, RestOptions rest)
{
    private readonly OriginPattern[] allowed = PatternsOf(options);

    /// <summary>The policy that answers preflights, without authentication, and marks the other answers.</summary>
    public static void Describe(CorsPolicyBuilder policy, CrossOriginOptions options)
    {
        OriginPattern[] allowed = PatternsOf(options);
        policy.SetIsOriginAllowed(origin => allowed.Any(a => a.Matches(origin)))
            .WithMethods(options.AllowedMethods)
            .WithHeaders(options.AllowedHeaders)
            .WithExposedHeaders(options.ExposedHeaders)
            .SetPreflightMaxAge(TimeSpan.FromMilliseconds(options.PreflightMaxAgeMs));
        if (options.AllowCredentials) policy.AllowCredentials();
    }

    /// <summary>
    /// Refuses WebSockets that a page of a foreign origin opens, and requests of such a page that change something.
    /// </summary>
    /// <remarks>
    /// Browsers apply none of the cross-origin rules to WebSockets, and send some posts without asking first; credentials
    /// that they remember go along. A request without an origin does not come from a page.
    /// </remarks>
    public Task RefuseForeignPages(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isForeign = origin.Length > 0 && Api.Covers(context.Request.Path)
            && (IsWebSocket(context) || Changes(context.Request.Method))
            && !allowed.Any(a => a.Matches(origin)) && !IsOwn(context, origin);
        return isForeign
            ? ApiAnswer.Refused(Reason.Forbidden, "Pages of this origin are not allowed.").ExecuteAsync(context)
            : next(context);
    }

    private static OriginPattern[] PatternsOf(CrossOriginOptions options) =>
        [.. options.AllowedOrigins.Select(o => new OriginPattern(o))];

    private static bool Changes(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsDelete(method) || HttpMethods.IsPatch(method);

    private static bool IsWebSocket(HttpContext context) =>
        "websocket".Equals(context.Request.Headers.Upgrade, StringComparison.OrdinalIgnoreCase)
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    /// <summary>Whether the page is the server's own, under whatever address clients know it.</summary>
    public bool IsOwn(HttpContext context, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(rest.ExternalBaseUrl, UriKind.Absolute, out var own) && own.Authority == uri.Authority));
}
