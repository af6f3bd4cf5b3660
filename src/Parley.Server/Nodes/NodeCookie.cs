namespace Parley.Server.Nodes;

/// <summary>
/// Tells a load balancer which node holds a client's CometD session, by the cookie <c>PARLEY_NODE</c>: that node alone can go
/// on with it.
/// </summary>
internal static class NodeCookie
{
    private const string Name = "PARLEY_NODE";

    /// <summary>Gives the cookie to whoever speaks CometD and does not show it.</summary>
    public static void UseNodeCookie(this WebApplication app)
    {
        var node = app.Services.GetRequiredService<NodeOptions>().Name;
        if (node.Length == 0) return;
        app.Use((context, next) =>
        {
            if (context.Request.Path.Value is { } path && IsCometd(path) && context.Request.Cookies[Name] != node)
                context.Response.Cookies.Append(Name, node, Attributes(context));
            return next(context);
        });
    }

    private static bool IsCometd(string path) =>
        Rest.Api.IsNotifications(path) || path.Contains("/cometd", StringComparison.OrdinalIgnoreCase);

    /// <summary>As widgets on other sites need it, who get it over TLS alone.</summary>
    private static CookieOptions Attributes(HttpContext context)
    {
        var cookie = new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            IsEssential = true,
            Secure = context.Request.IsHttps,
            SameSite = context.Request.IsHttps ? SameSiteMode.None : SameSiteMode.Unspecified,
        };
        if (context.Request.IsHttps) cookie.Extensions.Add("Partitioned");
        return cookie;
    }
}
