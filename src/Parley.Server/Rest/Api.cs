using Microsoft.AspNetCore.WebUtilities;
using Parley.Log;
using Parley.Server.Customers;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What holds for every request: where the agent API is, and that every answer is JSON, whatever happened.</summary>
internal sealed partial class Api(ILogger<Api> log)
{
    public const string Base = "/api/v2";

    /// <summary>Where the first release had interactions; they are under <see cref="Base"/> as well (Quirk 15).</summary>
    public const string OlderInteractions = "/me/interactions";

    private static readonly PathString[] Bases = ["/api", "/internal-api", OlderInteractions];
    private static readonly PathString Notifications = Base + "/notifications";

    /// <summary>Whether the path belongs to agents: signed in by cookie or credentials, protected against other sites.</summary>
    public static bool Covers(PathString path) =>
        Bases.Any(b => path.StartsWithSegments(b, StringComparison.OrdinalIgnoreCase)) && !GwsChat.Owns(path);

    public static bool IsNotifications(PathString path) =>
        path.StartsWithSegments(Notifications, StringComparison.OrdinalIgnoreCase);

    public static bool IsMe(PathString path) => Is(path, Base + "/me");

    public static bool IsLogout(PathString path) => Is(path, Base + "/logout");

    /// <summary>Answers what the rest leaves without an answer: bugs, unknown paths, wrong methods.</summary>
    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        Guard(context.Response);
        try
        {
            await next(context);
            if (IsUnanswered(context.Response)) await ForStatus(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // nobody is there to read an answer
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await Explain(context, e).ExecuteAsync(context);
        }
    }

    private ApiAnswer Explain(HttpContext context, Exception e)
    {
        var cookies = context.Response.Headers.SetCookie;
        context.Response.Clear();
        context.Response.Headers.SetCookie = cookies;
        Guard(context.Response);
        if (e is BadHttpRequestException bad) return ForStatus(bad.StatusCode);
        if (e is LogUnavailableException) return ForStatus(StatusCodes.Status503ServiceUnavailable);
        LogBug(e, context.Request.Method, RouteOf(context));
        return ForStatus(StatusCodes.Status500InternalServerError);
    }

    /// <summary>The pattern of the address and not the address itself: a customer's holds the key to the chat.</summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "without a route";

    private static bool Is(PathString path, string endpoint) =>
        path.StartsWithSegments(endpoint, StringComparison.OrdinalIgnoreCase, out var rest) && rest.Value is "" or "/" or null;

    private static void Guard(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
    }

    private static bool IsUnanswered(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static ApiAnswer ForStatus(int status) => ApiAnswer.OfHttp(status, status switch
    {
        StatusCodes.Status404NotFound => "There is no such resource.",
        StatusCodes.Status405MethodNotAllowed => "The method is not allowed here.",
        StatusCodes.Status413PayloadTooLarge => "The body is too long.",
        StatusCodes.Status500InternalServerError => "Internal error.",
        StatusCodes.Status503ServiceUnavailable => "The server cannot read or store anything at present; try again.",
        _ => $"{ReasonPhrases.GetReasonPhrase(status)}.",
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private partial void LogBug(Exception e, string method, string route);
}
