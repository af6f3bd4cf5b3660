using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux.Transports;

/// <summary>The endpoint's door: which transport a request is for, and the answers when it is for none.</summary>
internal sealed partial class TransportChoice(BayeuxServer server, IBayeuxPolicy policy, ILogger<BayeuxServer> log)
{
    private readonly LongPolling longPolling = new(server, policy);
    private readonly WebSocketTransport webSocket = new(server, policy, log);

    public async Task Serve(HttpContext context)
    {
        try
        {
            await Choose(context);
        }
        catch (Exception e) when (IsGone(context, e))
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception e) when (e is not BadHttpRequestException && !context.Response.HasStarted)
        {
            LogFailed(e);
            await HttpAnswers.Fail(context, StatusCodes.Status500InternalServerError, BayeuxErrors.Internal);
        }
    }

    private static bool IsGone(HttpContext context, Exception e) =>
        context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException;

    private Task Choose(HttpContext context)
    {
        if (server.Stopping.IsCancellationRequested) return HttpAnswers.Stopping(context);
        if (context.WebSockets.IsWebSocketRequest) return Upgrade(context);

        var method = context.Request.Method;
        if (HttpMethods.IsPost(method) && Serves("long-polling")) return longPolling.Serve(context);
        if (HttpMethods.IsOptions(method)) return Task.CompletedTask; // the host's CORS policy has added its headers
        if (HttpMethods.IsPost(method) || HttpMethods.IsGet(method))
            return HttpAnswers.Fail(context, StatusCodes.Status400BadRequest, BayeuxErrors.RequestInvalid);

        context.Response.Headers.Allow = "POST, GET, OPTIONS";
        return HttpAnswers.Fail(context, StatusCodes.Status405MethodNotAllowed, BayeuxErrors.RequestInvalid);
    }

    private Task Upgrade(HttpContext context)
    {
        if (!Serves("websocket")) return HttpAnswers.Fail(context, StatusCodes.Status400BadRequest, BayeuxErrors.RequestInvalid);
        return server.Options.AllowUpgrade(context)
            ? webSocket.Serve(context)
            : HttpAnswers.Fail(context, StatusCodes.Status403Forbidden, BayeuxErrors.OriginDenied);
    }

    private bool Serves(string connectionType) => server.Options.ConnectionTypes.Contains(connectionType);

    [LoggerMessage(10, LogLevel.Error, "A Bayeux request failed.")]
    private partial void LogFailed(Exception e);
}
