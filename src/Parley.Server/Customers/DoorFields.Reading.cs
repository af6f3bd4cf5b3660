using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Server.Customers;

/// <content>How fields come out of a request, and what is said where they do not.</content>
internal sealed partial class DoorFields
{
    private const int MaxDepth = 8;
    private const int MaxNameBytes = 2_048;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>Reads the body: a form, or JSON, also where it says it is a form (some proxies do).</summary>
    /// <returns>The fields, or what is wrong with the request.</returns>
    public static Task<(DoorFields? Fields, string? Error)> Read(HttpRequest request, CustomersOptions options) =>
        Read(request, options, async body =>
        {
            if (request.HasJsonContentType()) return OfJson(body);
            if (request.HasFormContentType) return IsObject(body) ? OfJson(body) : await OfForm(request, options);
            return body.Length > 0 ? Wrong("Send a form, a multipart form or a JSON object.") : new DoorFields();
        });

    /// <summary>Reads the body as a JSON object, whatever it says it is (K20).</summary>
    public static Task<(DoorFields? Fields, string? Error)> ReadJson(HttpRequest request, CustomersOptions options) =>
        Read(request, options, body => Task.FromResult(OfJson(body)));

    private static async Task<(DoorFields? Fields, string? Error)> Read(
        HttpRequest request, CustomersOptions options, Func<Stream, Task<DoorFields>> read)
    {
        try
        {
            if (await Body(request, options) is not { } body) return TooLarge(options);
            request.Body = body;
            var fields = await read(body);
            return fields.Flaw is null ? (fields, null) : (null, fields.Flaw);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TooLarge(options);
        }
        catch (IOException)
        {
            return (null, "The request body did not arrive as announced.");
        }
        catch (InvalidDataException)
        {
            return (null, $"The form cannot be read: at most {MaxFields} fields, names of {MaxNameBytes} bytes, no zero bytes.");
        }
        catch (NotSupportedException)
        {
            return (null, "The charset of the form is not supported; send UTF-8.");
        }
        catch (JsonException)
        {
            return (null, $"The body must be a JSON object in UTF-8, nested at most {MaxDepth} levels.");
        }
        catch (InvalidOperationException)
        {
            return (null, "A text in the JSON object is not Unicode.");
        }
    }

    /// <summary>
    /// The whole body, read before anything else is done; null if it is too long. That is read on to its end all the same, within
    /// bounds: else its sender might never read why.
    /// </summary>
    private static async Task<MemoryStream?> Body(HttpRequest request, CustomersOptions options)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = (long)options.MaxBodyBytes + options.MaxDiscardedBytes;
        var body = new MemoryStream();
        long length = 0;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            length += read.Buffer.Length;
            if (length <= options.MaxBodyBytes)
                foreach (var part in read.Buffer) body.Write(part.Span);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }
        body.Position = 0;
        return length <= options.MaxBodyBytes ? body : null;
    }

    private static (DoorFields?, string?) TooLarge(CustomersOptions options) =>
        (null, $"The request is larger than {options.MaxBodyBytes} bytes.");

    private static async Task<DoorFields> OfForm(HttpRequest request, CustomersOptions options)
    {
        var form = await request.ReadFormAsync(
            new FormOptions
            {
                ValueCountLimit = MaxFields,
                KeyLengthLimit = MaxNameBytes,
                ValueLengthLimit = options.MaxBodyBytes,
                MultipartBodyLengthLimit = options.MaxBodyBytes,
                MemoryBufferThreshold = options.MaxBodyBytes,
            },
            request.HttpContext.RequestAborted);
        var fields = new DoorFields();
        foreach (var (name, values) in form) fields.Add(name, string.Join(',', values.ToArray()));
        return fields;
    }

    private static DoorFields OfJson(Stream body)
    {
        using var document = JsonDocument.Parse(body, Strict);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? Of(document.RootElement)
            : Wrong("The body must be a JSON object.");
    }

    /// <summary>Whether the body begins as no form does.</summary>
    private static bool IsObject(Stream body)
    {
        var first = body.ReadByte();
        body.Position = 0;
        return first == '{';
    }

    private static DoorFields Wrong(string flaw) => new() { Flaw = flaw };
}
