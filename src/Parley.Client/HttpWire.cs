using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.Client;

/// <summary>HTTP to the service as one party speaks it; connections are shared by nobody.</summary>
/// <param name="login">An agent's <c>name:password</c>; null for a customer.</param>
public sealed class HttpWire(Uri service, string? login = null) : IDisposable
{
    private const string KeyHeader = "Idempotency-Key";
    private const string SessionCookie = "JSESSIONID=";

    /// <summary>How long a party waits for an answer: longer than the load balancer waits for a node.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseCookies = false, UseProxy = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    });

    private volatile string? session;

    public Uri Service { get; } = service;

    /// <summary>
    /// What proves who asks: the cookie of an HTTP session once there is one, else the password; null for a customer.
    /// </summary>
    public (string Name, string Value)? Credentials => login is null
        ? null
        : session is { } cookie
            ? ("Cookie", cookie)
            : ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));

    /// <summary>The session's cookie was refused: the next request brings the password.</summary>
    public void SignInAgain() => session = null;

    public Task<Reply> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, new Uri(Service, path)), cancel);

    public Task<Reply> PostJsonAsync(string path, JsonObject body, string? key, CancellationToken cancel)
    {
        var text = body.ToJsonString();
        return PostAsync(path, () => new StringContent(text, Json), key, cancel);
    }

    public Task<Reply> PostFormAsync(
        string path, IEnumerable<KeyValuePair<string, string>> form, string? key, CancellationToken cancel) =>
        PostAsync(path, () => new FormUrlEncodedContent(form), key, cancel);

    /// <summary>Sends as it is; no answer is an exception.</summary>
    public async Task<HttpResponseMessage> SendRawAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        if (Credentials is var (name, value))
        {
            if (name == "Cookie" && request.Headers.TryGetValues("Cookie", out var others))
            {
                value = $"{value}; {string.Join("; ", others)}";
                request.Headers.Remove("Cookie");
            }
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await http.SendAsync(request, cancel);
        if (login is not null && response.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.FirstOrDefault(text => text.StartsWith(SessionCookie, StringComparison.Ordinal)) is { } given)
            session = given.Split(';')[0];
        return response;
    }

    public void Dispose() => http.Dispose();

    private Task<Reply> PostAsync(string path, Func<HttpContent> content, string? key, CancellationToken cancel) =>
        SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Service, path)) { Content = content() };
                if (key is not null) request.Headers.Add(KeyHeader, key);
                return request;
            },
            cancel);

    private async Task<Reply> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        var reply = await SendOnceAsync(make, cancel);
        if (reply.Status != 401 || session is null) return reply;
        SignInAgain();
        return await SendOnceAsync(make, cancel);
    }

    private async Task<Reply> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            using var request = make();
            using var response = await SendRawAsync(request, patience.Token);
            var body = await response.Content.ReadAsByteArrayAsync(patience.Token);
            return Reply.Of((int)response.StatusCode, body, isPutOff: response.Headers.RetryAfter is not null);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or SocketException
            || (broken is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return Reply.None(broken.Message);
        }
    }
}
