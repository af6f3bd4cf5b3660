using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Rest.Wire;

/// <summary>An answer of the agent API: an HTTP status and a JSON object that begins with <c>statusCode</c>.</summary>
/// <remarks>
/// The only place where a <see cref="Reason"/> becomes a number. A failure has <c>statusCode</c> and
/// <c>statusMessage</c> and, but for <see cref="RefusedTwice"/> and what is said of the server's health, nothing else:
/// <c>{"statusCode":6,"statusMessage":"Chat 000A1bC2DEF30007 was not found."}</c>.
/// Source: Web Services API Reference, "Return Values".
/// </remarks>
internal sealed class ApiAnswer : IResult
{
    /// <summary>The media type of every answer.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int httpStatus;
    private readonly ReadOnlyMemory<byte> body;

    private ApiAnswer(int httpStatus, int statusCode, Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(bytes, Compact);
        writer.WriteStartObject();
        writer.WriteNumber("statusCode"u8, statusCode);
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        (this.httpStatus, body) = (httpStatus, bytes.WrittenMemory);
    }

    private ApiAnswer(int httpStatus, int statusCode, string message)
        : this(httpStatus, statusCode, writer => writer.WriteString("statusMessage"u8, message))
    {
    }

    /// <summary>Success without content: <c>{"statusCode":0}</c>.</summary>
    public static ApiAnswer Ok { get; } = new(StatusCodes.Status200OK, 0, static _ => { });

    /// <summary>The caller must set a new password first: code 8.</summary>
    public static ApiAnswer PasswordChangeDemanded { get; } =
        new(StatusCodes.Status403Forbidden, 8, "The password must be changed first.");

    /// <summary>Success with one property beside the code: <c>{"statusCode":0,"user":{…}}</c>.</summary>
    public static ApiAnswer With<T>(string property, T value, JsonTypeInfo<T> shape) =>
        With(writer =>
        {
            writer.WritePropertyName(property);
            JsonSerializer.Serialize(writer, value, shape);
        });

    /// <summary>Success with the properties that <paramref name="members"/> writes after the code.</summary>
    public static ApiAnswer With(Action<Utf8JsonWriter> members) => new(StatusCodes.Status200OK, 0, members);

    /// <summary>Success, or the refusal if there is one.</summary>
    public static ApiAnswer From(Rejection? refused) => refused is null ? Ok : Refused(refused);

    public static ApiAnswer Refused(Rejection rejection) => Refused(rejection.Reason, rejection.Message);

    public static ApiAnswer Refused(Reason reason, string message)
    {
        var (statusCode, httpStatus) = Numbers(reason);
        return new ApiAnswer(httpStatus, statusCode, message);
    }

    /// <summary>A refusal that says its number again as <c>status</c> (Quirk 4).</summary>
    public static ApiAnswer RefusedTwice(Rejection rejection) =>
        Refused(rejection, writer => writer.WriteNumber("status"u8, Numbers(rejection.Reason).StatusCode));

    /// <summary>A refusal with the properties that <paramref name="members"/> writes after the message.</summary>
    public static ApiAnswer Refused(Rejection rejection, Action<Utf8JsonWriter> members)
    {
        var (statusCode, httpStatus) = Numbers(rejection.Reason);
        return new ApiAnswer(httpStatus, statusCode, writer =>
        {
            writer.WriteString("statusMessage"u8, rejection.Message);
            members(writer);
        });
    }

    /// <summary>No credentials, or wrong ones: code 20; the next request must bring credentials.</summary>
    public static ApiAnswer NotAuthenticated(string message) => new(StatusCodes.Status401Unauthorized, 20, message);

    /// <summary>What HTTP itself refuses (no such resource or method, unreadable body, too many requests, a bug).</summary>
    public static ApiAnswer OfHttp(int httpStatus, string message)
    {
        var statusCode = httpStatus switch
        {
            StatusCodes.Status401Unauthorized => 20,
            StatusCodes.Status403Forbidden or StatusCodes.Status405MethodNotAllowed or StatusCodes.Status429TooManyRequests => 3,
            StatusCodes.Status404NotFound => 6,
            >= StatusCodes.Status500InternalServerError => 4,
            _ => 2,
        };
        return new ApiAnswer(httpStatus, statusCode, message);
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = httpStatus;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, httpContext.RequestAborted).AsTask();
    }

    /// <summary>The numbers of a reason: <c>statusCode</c>, and the status of HTTP.</summary>
    public static (int StatusCode, int HttpStatus) Numbers(Reason reason) => reason switch
    {
        Reason.ParameterMissing => (1, StatusCodes.Status400BadRequest),
        Reason.InvalidInState => (2, StatusCodes.Status400BadRequest),
        Reason.Forbidden => (3, StatusCodes.Status403Forbidden),
        Reason.NotPermitted => (5, StatusCodes.Status403Forbidden),
        Reason.NotFound => (6, StatusCodes.Status404NotFound),
        Reason.OutOfRange => (10, StatusCodes.Status400BadRequest),
        Reason.ReadOnly => (11, StatusCodes.Status400BadRequest),
        Reason.Unavailable => (4, StatusCodes.Status503ServiceUnavailable),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
