using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Durability;

/// <summary>What a client knows of a request afterwards.</summary>
internal enum Fate
{
    /// <summary>Answered with success: it must survive everything.</summary>
    Acknowledged,

    /// <summary>Answered with a refusal: it must have changed nothing.</summary>
    Refused,

    /// <summary>Not answered, or answered with a failure of the server: it may have happened or not.</summary>
    Unknown,
}

/// <summary>A client's view of one answer.</summary>
internal readonly record struct Reply(Fate Fate, JsonElement Body);

/// <summary>Plain HTTP to the server, as one person with or without a password.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly HttpClient http;

    public WireClient(Uri server, string? login = null)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromSeconds(15),
        };
        if (login is not null)
            http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
    }

    public Task<Reply> GetAsync(string path, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), null, cancel);

    /// <summary>Posts a form, as customers do.</summary>
    public Task<Reply> PostFormAsync(
        string path, IReadOnlyDictionary<string, string> form, string? idempotencyKey, CancellationToken cancel) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) }, idempotencyKey, cancel);

    /// <summary>Posts a JSON object, as agents do.</summary>
    public Task<Reply> PostJsonAsync(string path, JsonObject body, string? idempotencyKey, CancellationToken cancel)
    {
        var content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, idempotencyKey, cancel);
    }

    public void Dispose() => http.Dispose();

    private async Task<Reply> SendAsync(HttpRequestMessage request, string? idempotencyKey, CancellationToken cancel)
    {
        using (request)
        {
            if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
            try
            {
                using var response = await http.SendAsync(request, cancel);
                var body = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancel));
                return new Reply(FateOf(response.StatusCode, body), body);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or JsonException
                || (broken is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                return new Reply(Fate.Unknown, default);
            }
        }
    }

    private static Fate FateOf(HttpStatusCode status, JsonElement body)
    {
        if (status >= HttpStatusCode.InternalServerError) return Fate.Unknown;
        var code = body.TryGetProperty("statusCode", out var value) ? value.GetInt32() : -1;
        return (status, code) switch
        {
            (HttpStatusCode.OK, 0) => Fate.Acknowledged,
            // door B's "temporary, try again"
            (HttpStatusCode.OK, 1) => Fate.Unknown,
            _ => Fate.Refused,
        };
    }
}
