using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Unicode;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>From the bytes of a request to the object in them.</summary>
internal sealed partial class RequestBody
{
    private static async ValueTask<RequestBody> Read(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<RestOptions>();
        if (!IsJson(context.Request.ContentType))
            return Unreadably(StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json.");
        if (context.Request.ContentLength > options.MaxBodyBytes || await Collect(context, options.MaxBodyBytes) is not { } read)
            return Unreadably(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {options.MaxBodyBytes} bytes.");
        var (bytes, length) = read;
        return Parse(bytes, length, options) ?? Unreadably(StatusCodes.Status400BadRequest, "The body must be a JSON object.");
    }

    private static async ValueTask<(byte[] Rented, int Length)?> Collect(HttpContext context, int limit)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > limit || read.IsCompleted) return Take(reader, read.Buffer, limit);
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (byte[], int)? Take(PipeReader reader, ReadOnlySequence<byte> buffer, int limit)
    {
        if (buffer.Length > limit)
        {
            reader.AdvanceTo(buffer.End);
            return null;
        }
        var length = (int)buffer.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        buffer.CopyTo(rented);
        reader.AdvanceTo(buffer.End);
        return (rented, length);
    }

    private static RequestBody? Parse(byte[] rented, int length, RestOptions options)
    {
        var bytes = rented.AsMemory(0, length);
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = options.MaxJsonDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object && HasOnlyText(bytes.Span))
                return new RequestBody(document, rented);
        }
        catch (JsonException)
        {
            // answered as every other body that is not an object
        }
        document?.Dispose();
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return null;
    }

    // the parser looks at neither the encoding of texts nor at escaped halves of characters until a text is taken out
    private static bool HasOnlyText(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;
        if (json.IndexOf("\\u"u8) < 0) return true;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 0 });
        try
        {
            while (reader.Read())
            {
                var isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
                if (isText && reader.ValueIsEscaped) _ = reader.GetString();
            }
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType)) return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && "application/json".Equals(type.MediaType, StringComparison.OrdinalIgnoreCase)
            && (type.CharSet?.Trim('"') is null || "utf-8".Equals(type.CharSet.Trim('"'), StringComparison.OrdinalIgnoreCase));
    }

    private static RequestBody Unreadably(int status, string message) => new(ApiAnswer.OfHttp(status, message));
}
