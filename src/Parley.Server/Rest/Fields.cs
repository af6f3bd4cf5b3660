using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What <c>fields</c> asks for: nothing, everything (<c>*</c>), or a list of properties.</summary>
/// <remarks>Source: Web Services API Reference, "Return Values" and "Request Parameters".</remarks>
internal sealed class Fields
{
    private readonly HashSet<string>? names;

    private Fields(string? query)
    {
        AreAsked = !string.IsNullOrEmpty(query);
        if (AreAsked && query != "*") names = [.. CommaList.Of(query), "id", "uri"];
    }

    /// <summary>Everything.</summary>
    public static Fields All { get; } = new("*");

    /// <summary>Whether objects are wanted; a collection is a list of URIs otherwise.</summary>
    public bool AreAsked { get; }

    public static ValueTask<Fields?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<Fields?>(new Fields(context.Request.Query["fields"]));

    /// <summary>Whether a property is wanted; <c>id</c> and <c>uri</c> always are.</summary>
    public bool Includes(string property) => names is null || names.Contains(property);

    /// <summary>
    /// A collection: <c>{"statusCode":0,"uris":[…]}</c>, or with fields <c>{"statusCode":0,"skills":[{…}]}</c>.
    /// </summary>
    public ApiAnswer Collection<T>(string name, IReadOnlyList<T> items, JsonTypeInfo<T> shape, Func<T, string> uri) =>
        Collection(name, Page<T>.Whole(items), shape, uri);

    /// <summary>One page of a collection, with <c>totalCount</c> if there is or may be more.</summary>
    public ApiAnswer Collection<T>(string name, Page<T> page, JsonTypeInfo<T> shape, Func<T, string> uri) =>
        AreAsked
            ? page.Answer(name, (writer, item) => Write(writer, item, shape))
            : page.Answer("uris", (writer, item) => writer.WriteStringValue(uri(item)));

    /// <summary>One resource, in full or with the listed properties: <c>{"statusCode":0,"feature":{…}}</c>.</summary>
    public ApiAnswer Single<T>(string name, T item, JsonTypeInfo<T> shape) => ApiAnswer.With(writer =>
    {
        writer.WritePropertyName(name);
        Write(writer, item, shape);
    });

    /// <summary>Writes the object with the wanted properties, and with what <paramref name="more"/> adds to them.</summary>
    public void Write<T>(Utf8JsonWriter writer, T item, JsonTypeInfo<T> shape, Action<Utf8JsonWriter>? more = null)
    {
        if (names is null && more is null)
        {
            JsonSerializer.Serialize(writer, item, shape);
            return;
        }
        using var all = JsonSerializer.SerializeToDocument(item, shape);
        writer.WriteStartObject();
        foreach (var property in all.RootElement.EnumerateObject().Where(p => Includes(p.Name))) property.WriteTo(writer);
        more?.Invoke(writer);
        writer.WriteEndObject();
    }
}
