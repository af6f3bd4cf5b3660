using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Accounts;

/// <summary>Lets the allowed origins call the agent API from a browser, and no others open a WebSocket with its cookie.</summary>
internal sealed class CrossOrigin(CrossOriginOptions options)
{
    private readonly OriginPattern[] allowed = [.. options.AllowedOrigins.Select(o => new OriginPattern(o))];

    public bool Allows(string origin) => allowed.Any(a => a.Matches(origin));

    /// <summary>The policy that answers preflights, without authentication, and marks the other answers.</summary>
    public void Describe(CorsPolicyBuilder policy)
    {
        policy.SetIsOriginAllowed(Allows)
            .WithMethods(options.AllowedMethods)
            .WithHeaders(options.AllowedHeaders)
            .WithExposedHeaders(options.ExposedHeaders)
            .SetPreflightMaxAge(TimeSpan.FromMilliseconds(options.PreflightMaxAgeMs));
        if (options.AllowCredentials) policy.AllowCredentials();
    }

    /// <summary>Refuses WebSockets that a page of a foreign origin opens.</summary>
    /// <remarks>
    /// Browsers apply none of the cross-origin rules to WebSockets, and some send remembered credentials along. A request
    /// without an origin does not come from a page.
    /// </remarks>
    public Task RefuseForeignWebSocket(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var isForeign = IsWebSocket(context) && Api.Covers(context.Request.Path)
            && origin.Length > 0 && !Allows(origin) && !IsOwn(context, origin);
        return isForeign
            ? ApiAnswer.Refused(Reason.Forbidden, "WebSockets are not open to this origin.").ExecuteAsync(context)
            : next(context);
    }

    private static bool IsWebSocket(HttpContext context) =>
        "websocket".Equals(context.Request.Headers.Upgrade, StringComparison.OrdinalIgnoreCase)
        || context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };

    private static bool IsOwn(HttpContext context, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Authority.Equals(context.Request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
