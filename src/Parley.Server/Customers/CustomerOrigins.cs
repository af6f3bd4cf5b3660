using Microsoft.AspNetCore.Cors.Infrastructure;
using Parley.Server.Accounts;

namespace Parley.Server.Customers;

/// <summary>The web pages from which customers may come.</summary>
/// <remarks>Headers are those that published widgets send.</remarks>
internal static class CustomerOrigins
{
    private const string Everyone = "*";

    private static readonly string[] Headers =
    [
        "Content-Type", "Accept", "X-Requested-With", "ContactCenterId", "apikey", "x-api-key", "Authorization",
        "gms_user", "Idempotency-Key",
    ];

    public static CorsPolicy Policy(CustomersOptions options)
    {
        var policy = new CorsPolicyBuilder()
            .WithMethods("GET", "POST", "OPTIONS")
            .WithHeaders(Headers)
            .WithExposedHeaders("Content-Disposition")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10));
        if (options.AllowedOrigins.Contains(Everyone)) return policy.AllowAnyOrigin().Build();
        OriginPattern[] allowed = [.. options.AllowedOrigins.Select(o => new OriginPattern(o))];
        return policy.SetIsOriginAllowed(origin => allowed.Any(a => a.Matches(origin))).AllowCredentials().Build();
    }

    /// <summary>
    /// Whether a page of this origin may come by WebSocket or poll, to which browsers apply no rule of their own; the server's
    /// own pages may anyway.
    /// </summary>
    public static bool Admits(HttpContext context, string origin, CustomersOptions options) =>
        options.AllowedOrigins.Any(allowed => allowed == Everyone || new OriginPattern(allowed).Matches(origin))
        || context.RequestServices.GetRequiredService<CrossOrigin>().IsOwn(context, origin);

    /// <summary>What is wrong with the list, if anything.</summary>
    public static string? Error(CustomersOptions options) =>
        options.AllowedOrigins.FirstOrDefault(o => o != Everyone && !OriginPattern.IsWellFormed(o)) is { } wrong
            ? $"'{wrong}' is not an origin such as https://shop.example.org."
            : null;
}
