using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>The JSON object in the body of a request, with typed access to its properties.</summary>
/// <remarks>
/// As a parameter of an endpoint under <c>/api</c> it is always readable: what is not an object, too long, too deep or not
/// JSON is answered before the endpoint runs. A property that is missing or null is absent; unknown ones are ignored. The
/// first property that an endpoint asks for in vain is kept in <see cref="Refused"/>: ask for all, then look once.
/// </remarks>
internal sealed partial class RequestBody : IDisposable
{
    private readonly JsonDocument? document;
    private readonly byte[]? rented;

    private RequestBody(ApiAnswer unreadable) => Unreadable = unreadable;

    private RequestBody(JsonDocument document, byte[] rented) => (this.document, this.rented) = (document, rented);

    /// <summary>What to answer if there is no object; null if there is.</summary>
    public ApiAnswer? Unreadable { get; }

    /// <summary>The first property that was missing or of the wrong type; null as long as all were right.</summary>
    public Rejection? Refused { get; private set; }

    /// <summary>The object; valid until the request has been answered.</summary>
    public JsonElement Root => document!.RootElement;

    public static async ValueTask<RequestBody?> BindAsync(HttpContext context)
    {
        var body = await Read(context);
        context.Response.RegisterForDispose(body);
        return body;
    }

    /// <summary>The filter that answers for endpoints whose body cannot be read.</summary>
    public static ValueTask<object?> AnswerUnreadable(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is RequestBody { Unreadable: { } answer }) return ValueTask.FromResult<object?>(answer);
        }
        return next(context);
    }

    /// <summary>A text; null if absent.</summary>
    public string? Text(string name) => Get(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } => Refuse<string>(name, "a text"),
        null => null,
    };

    /// <summary>A text of at most so many characters; null if absent.</summary>
    public string? BoundedText(string name, int limit)
    {
        var text = Text(name);
        if (text?.Length > limit) Refuse(Reason.InvalidInState, $"Parameter '{name}' is longer than {limit} characters.");
        return text;
    }

    /// <summary>A text that must be there and not be empty; empty if it is not, and then <see cref="Refused"/> says so.</summary>
    public string RequiredText(string name)
    {
        if (Text(name) is { Length: > 0 } text) return text;
        Refused ??= new Rejection(Reason.ParameterMissing, $"Parameter '{name}' is required.");
        return "";
    }

    /// <summary>A switch: true, false, or one of the two as a text; null if absent.</summary>
    public bool? Switch(string name)
    {
        if (Get(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var parsed)) return parsed;
        Refuse<string>(name, "true or false");
        return null;
    }

    /// <summary>A whole number, 0 or more, or one as a text; null if absent.</summary>
    public int? Number(string name)
    {
        if (Get(name) is not { } value) return null;
        var written = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString(),
            _ => null,
        };
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Refuse<string>(name, $"a whole number from 0 to {int.MaxValue}");
        return null;
    }

    /// <summary>A list of texts; null if absent.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Get(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(i => i.GetString()!)]
            : Refuse<IReadOnlyList<string>>(name, "a list of texts");
    }

    /// <summary>An object, valid until the request has been answered; null if absent.</summary>
    public JsonElement? Object(string name)
    {
        if (Get(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.Object) return value;
        Refuse<string>(name, "an object");
        return null;
    }

    /// <summary>Refuses the body for what one of its properties says; only the first refusal counts.</summary>
    public void Refuse(Reason reason, string message) => Refused ??= new Rejection(reason, message);

    public void Dispose()
    {
        document?.Dispose();
        // what customers and agents write to each other must not show up in somebody else's buffer
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented, clearArray: true);
    }

    private JsonElement? Get(string name) =>
        Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private T? Refuse<T>(string name, string expected)
        where T : class
    {
        Refused ??= new Rejection(Reason.InvalidInState, $"Parameter '{name}' must be {expected}.");
        return null;
    }
}
