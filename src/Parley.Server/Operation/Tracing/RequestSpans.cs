using System.Collections.Frozen;
using System.Diagnostics;
using Parley.Server.Operation.Overload;

namespace Parley.Server.Operation.Tracing;

/// <summary>Begins a trace with each request but those that are held or come by the clock; CometD traces its messages.</summary>
internal static class RequestSpans
{
    private static readonly FrozenSet<string> Methods = FrozenSet.ToFrozenSet(
        ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"], StringComparer.Ordinal);

    public static Task Invoke(HttpContext context, RequestDelegate next) =>
        Traces.AreCollected ? Follow(context, next) : next(context);

    private static async Task Follow(HttpContext context, RequestDelegate next)
    {
        // what the framework began may go by what the caller wants, and would not be collected
        Activity.Current = null;
        using var span = Begin(context);
        await next(context);
        if (span is null) return;
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError) span.SetStatus(ActivityStatusCode.Error);
    }

    private static Activity? Begin(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint) return null;
        if (endpoint.Metadata.GetMetadata<NotCounted>() is not null) return null;
        var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "_OTHER";
        return Traces.Request(method, endpoint.RoutePattern.RawText ?? "");
    }
}
