using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Parley.Bench;

/// <summary>One server's HTTP: a connection pool that all players share.</summary>
internal sealed class Wire(Uri server) : IDisposable
{
    public static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");
    public static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        UseCookies = false,
        UseProxy = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 8192,
    });

    /// <summary>The server's own address.</summary>
    public Uri Server { get; } = server;

    /// <summary>An address on the server.</summary>
    public Uri At(string path) => new(Server, path);

    public Task<Answer> PostAsync(
        Uri address, ReadOnlyMemory<byte> body, MediaTypeHeaderValue type, Credentials? who, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = type;
        return SendAsync(request, who, cancel);
    }

    public Task<Answer> GetAsync(Uri address, Credentials? who, CancellationToken cancel) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, address), who, cancel);

    public void Dispose() => http.Dispose();

    private async Task<Answer> SendAsync(HttpRequestMessage request, Credentials? who, CancellationToken cancel)
    {
        using (request)
        {
            who?.SignRequest(request.Headers);
            try
            {
                using var response = await http.SendAsync(request, cancel).ConfigureAwait(false);
                who?.ReadCookie(response.Headers);
                return new Answer(
                    (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                return new Answer(0, Encoding.UTF8.GetBytes(broken.Message));
            }
        }
    }
}

/// <summary>What came back: an HTTP status and the body, or status 0 and why nothing came.</summary>
internal readonly record struct Answer(int Status, byte[] Body)
{
    /// <summary>Null if the server answered <c>statusCode</c> 0, else what it answered, in a few words.</summary>
    public string? Refusal()
    {
        if (Status == 0) return "no answer: " + Encoding.UTF8.GetString(Body);
        var code = Field("statusCode"u8);
        return Status == 200 && code == "0" ? null : $"HTTP {Status}, statusCode {code ?? "missing"}";
    }

    /// <summary>A string, number or Boolean at the top of the JSON object, as text; null if there is none.</summary>
    public string? Field(ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(Body);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var wanted = reader.ValueTextEquals(name);
                if (!reader.Read()) return null;
                if (wanted) return ValueAsText(ref reader);
                reader.Skip();
            }
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ValueAsText(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when reader.ValueSpan is [(byte)'0'] => "0",
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => null,
    };
}
