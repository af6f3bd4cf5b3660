using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Parley.Server.Customers;

/// <summary>The fields of a customer's request: a form, a multipart form, or a JSON object with the same names.</summary>
/// <remarks>
/// Empty fields count as absent. <c>userData[key]</c>, <c>userData["key"]</c> and nested <c>userData[a][b]</c> (key
/// <c>a.b</c>) are all understood; several values of one key are joined by commas. Unknown fields are ignored.
/// </remarks>
internal sealed class DoorFields
{
    /// <summary>The most fields of one request.</summary>
    public const int MaxFields = 1_024;

    private const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> userData = new(StringComparer.Ordinal);

    /// <summary>A field's value; null if absent or empty.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public IReadOnlyDictionary<string, string> UserData => userData;

    /// <summary>Reads the body.</summary>
    /// <returns>The fields, or what is wrong with the request.</returns>
    public static async Task<(DoorFields? Fields, string? Error)> Read(HttpRequest request, CustomersOptions options)
    {
        Limit(request, options);
        var fields = new DoorFields();
        try
        {
            if (request.HasJsonContentType()) return (await ReadJson(request), null);
            if (request.HasFormContentType) await fields.ReadForm(request, options);
            else if (request.ContentLength > 0) return (null, "Send a form, a multipart form or a JSON object.");
            return (fields, null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, $"The request is larger than {options.MaxBodyBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or InvalidOperationException)
        {
            return (null, "The request body cannot be read.");
        }
    }

    private async Task ReadForm(HttpRequest request, CustomersOptions options)
    {
        var form = await request.ReadFormAsync(
            new FormOptions
            {
                ValueCountLimit = MaxFields,
                BufferBodyLengthLimit = options.MaxBodyBytes,
                MultipartBodyLengthLimit = options.MaxBodyBytes,
            },
            request.HttpContext.RequestAborted);
        foreach (var (name, values) in form) Add(name, string.Join(',', values.ToArray()));
    }

    /// <summary>Reads the body as a JSON object, whatever it says it is (K20).</summary>
    public static async Task<(DoorFields? Fields, string? Error)> ReadJson(HttpRequest request, CustomersOptions options)
    {
        Limit(request, options);
        try
        {
            return (await ReadJson(request), null);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, $"The request is larger than {options.MaxBodyBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or JsonException or InvalidOperationException)
        {
            return (null, "The body must be a JSON object.");
        }
    }

    private static void Limit(HttpRequest request, CustomersOptions options)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = options.MaxBodyBytes;
    }

    /// <summary>The members of a JSON object as fields.</summary>
    /// <exception cref="InvalidOperationException">A text in it is not text.</exception>
    public static DoorFields Of(JsonElement json)
    {
        var fields = new DoorFields();
        foreach (var member in json.EnumerateObject())
        {
            if (member.NameEquals("userData") && member.Value.ValueKind == JsonValueKind.Object)
                fields.AddData("", member.Value);
            else fields.Add(member.Name, Text(member.Value));
        }
        return fields;
    }

    private static async Task<DoorFields> ReadJson(HttpRequest request)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, Strict, request.HttpContext.RequestAborted);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? Of(document.RootElement)
            : throw new JsonException("Not an object.");
    }

    private void AddData(string prefix, JsonElement data)
    {
        foreach (var member in data.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object) AddData($"{prefix}{member.Name}.", member.Value);
            else userData[prefix + member.Name] = Text(member.Value);
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };

    /// <summary>Adds a field of a form.</summary>
    public void Add(string name, string value)
    {
        if (name.StartsWith("userData[", StringComparison.Ordinal) && name.EndsWith(']'))
            userData[string.Join('.', name["userData[".Length..^1].Split("][").Select(key => key.Trim('"', '\'')))] = value;
        else fields[name] = value;
    }
}
