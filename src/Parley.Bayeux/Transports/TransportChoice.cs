using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux.Transports;

/// <summary>The endpoint's door: which transport a request is for, and the answers when it is for none.</summary>
internal sealed partial class TransportChoice(BayeuxServer server)
{
    private readonly HttpPolling polling = new(server);
    private readonly LongPolling longPolling = new(server.Options);
    private readonly WebSocketTransport webSocket = new(server);
    private readonly ILogger log = server.Log;
    private readonly OriginRule origins = new(server.Options);

    public async Task Serve(HttpContext context)
    {
        try
        {
            await Choose(context);
        }
        catch (Exception e) when (IsGone(context, e))
        {
            context.Abort(); // nobody is left to answer, and nothing of the request is left to read
        }
        catch (Exception e) when (e is not BadHttpRequestException && !context.Response.HasStarted)
        {
            LogFailed(e);
            await HttpAnswers.Fail(context, HttpRefusal.Failed);
        }
    }

    // A read may learn of it before the request's own token does.
    private static bool IsGone(HttpContext context, Exception e) =>
        e is ConnectionResetException or ConnectionAbortedException
            || (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException);

    private Task Choose(HttpContext context)
    {
        if (!origins.Admits(context)) return HttpAnswers.Fail(context, HttpRefusal.Origin);
        if (server.Stopping.IsCancellationRequested) return HttpAnswers.Stopping(context);
        if (context.WebSockets.IsWebSocketRequest) return Upgrade(context);

        var method = context.Request.Method;
        if (HttpMethods.IsPost(method)) return Post(context);
        if (HttpMethods.IsGet(method)) return Get(context);
        if (HttpMethods.IsOptions(method)) return Options(context);

        context.Response.Headers.Allow = "POST, GET, OPTIONS";
        return HttpAnswers.Fail(context, HttpRefusal.Method);
    }

    private Task Upgrade(HttpContext context) =>
        Serves("websocket") && webSocket.Speaks(context.WebSockets)
            ? webSocket.Serve(context)
            : HttpAnswers.Fail(context, HttpRefusal.Request);

    private Task Post(HttpContext context) =>
        Serves(longPolling.ConnectionType)
            ? polling.Serve(context, longPolling)
            : HttpAnswers.Fail(context, HttpRefusal.Request);

    private Task Get(HttpContext context)
    {
        if (!Serves("callback-polling") || CallbackPolling.For(context.Request, server.Options) is not { } envelope)
            return HttpAnswers.Fail(context, HttpRefusal.Request);
        return origins.AdmitsScript(context)
            ? polling.Serve(context, envelope)
            : HttpAnswers.Fail(context, HttpRefusal.Origin);
    }

    // What is no preflight of ours gets an empty 200; a host with a CORS policy of its own has added its headers.
    private Task Options(HttpContext context)
    {
        origins.AnswerPreflight(context);
        return Task.CompletedTask;
    }

    private bool Serves(string connectionType) => server.Options.ConnectionTypes.Contains(connectionType);

    [LoggerMessage(10, LogLevel.Error, "A Bayeux request failed.")]
    private partial void LogFailed(Exception e);
}
