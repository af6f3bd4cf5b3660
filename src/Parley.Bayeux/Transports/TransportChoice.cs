using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Bayeux.Transports;

/// <summary>The endpoint's door: which transport a request is for.</summary>
internal sealed class TransportChoice(BayeuxServer server, IBayeuxPolicy policy, ILogger<BayeuxServer> log)
{
    public Task Serve(HttpContext context)
    {
        _ = (server, policy, log);
        context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        return Task.CompletedTask;
    }
}
