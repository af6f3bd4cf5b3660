namespace Parley.Server.Tests.Replays;

/// <summary>
/// The way from somebody's software to wherever the server is just now; one request on it meets with a mishap.
/// </summary>
/// <param name="server">Where the server is.</param>
/// <param name="restart">Starts the server again.</param>
internal sealed class CutWay(Func<Uri> server, Func<Task> restart) : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>How many requests have been made.</summary>
    public int Requests { get; private set; }

    /// <summary>Which request meets with which mishap; counted from 1.</summary>
    public (int Request, Mishap Mishap) Plan { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mishap = ++Requests == Plan.Request ? Plan.Mishap : Mishap.None;
        if (mishap == Mishap.RequestLost) throw new HttpRequestException("The request was lost.");
        if (mishap == Mishap.ServerRestarted) await restart();
        request.RequestUri = new Uri(server(), request.RequestUri!.PathAndQuery);
        var response = await base.SendAsync(request, cancellationToken);
        if (mishap is not (Mishap.AnswerLost or Mishap.ServerRestartedBeforeItsAnswer)) return response;
        response.Dispose();
        if (mishap == Mishap.ServerRestartedBeforeItsAnswer) await restart();
        throw new HttpRequestException("The answer was lost.");
    }
}

/// <summary>What can happen to a request.</summary>
internal enum Mishap
{
    None,
    RequestLost,
    AnswerLost,
    ServerRestarted,
    ServerRestartedBeforeItsAnswer,
}
