using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Parley.Bayeux.Transports;

/// <summary>Which web pages may use the endpoint, over HTTP and WebSocket alike.</summary>
/// <remarks>
/// Browsers send the endpoint's cookies with requests of any page, and apply no rule of their own to WebSockets: a foreign
/// <c>Origin</c> is refused here. Requests without one do not come from a page of another origin, or not from a browser.
/// </remarks>
internal sealed class OriginRule(BayeuxOptions options)
{
    private readonly string allowedHeaders = string.Join(", ", ["content-type", "authorization", .. options.AllowedHeaders]);

    /// <summary>False if the request comes from a foreign page. Answers to pages on the list are marked as readable.</summary>
    public bool Admits(HttpContext context)
    {
        var origins = context.Request.Headers.Origin;
        if (origins.Count == 0) return true;
        if (origins is not [{ } origin] || !IsAdmitted(context, origin)) return false;
        if (IsListed(origin)) MarkReadable(context.Response.Headers, origin);
        return true;
    }

    /// <summary>
    /// True if a request that any page can make by a script element shows where it comes from: the browser says so, or an
    /// <c>Origin</c> or <c>Referer</c> does that is admitted. What shows nothing is refused.
    /// </summary>
    public bool AdmitsScript(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers["Sec-Fetch-Site"] == "same-origin" || headers.Origin.Count > 0) return true; // origins have been admitted
        return Uri.TryCreate(headers.Referer, UriKind.Absolute, out var page)
            && IsAdmitted(context, page.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>Answers a preflight of a page on the list; anything else is left as it is.</summary>
    public void AnswerPreflight(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers.AccessControlRequestMethod.Count == 0 || headers.Origin is not [{ } origin] || !IsListed(origin)) return;

        var answer = context.Response.Headers;
        answer.AccessControlAllowMethods = "POST, GET, OPTIONS";
        answer.AccessControlAllowHeaders = allowedHeaders;
        answer.AccessControlMaxAge = "7200";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private bool IsAdmitted(HttpContext context, string origin) =>
        IsOwn(context.Request, origin) || IsListed(origin) || options.AllowOrigin?.Invoke(context, origin) == true;

    private bool IsListed(string origin) => options.AllowedOrigins.Contains(origin);

    private static void MarkReadable(IHeaderDictionary answer, string origin)
    {
        answer.AccessControlAllowOrigin = origin;
        answer.AccessControlAllowCredentials = "true";
        answer.Append(HeaderNames.Vary, "Origin");
    }

    // Behind a proxy that ends TLS an https page reaches the server as http; an http page never reaches it as https.
    private static bool IsOwn(HttpRequest request, string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && !request.IsHttps))
            && page.Host.Equals(request.Host.Host, StringComparison.OrdinalIgnoreCase)
            && (request.Host.Port is { } port ? page.Port == port : page.IsDefaultPort);
}
