using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What <c>fields</c> asks for: nothing, everything (<c>*</c>), or a list of properties.</summary>
/// <remarks>Source: Web Services API Reference, "Return Values" and "Request Parameters".</remarks>
internal sealed class Fields
{
    private const int MostNames = 100;

    private readonly HashSet<string>? names;

    private Fields(string? query)
    {
        AreAsked = !string.IsNullOrEmpty(query);
        if (AreAsked && query != "*") names = [.. query!.Split(',', MostNames, StringSplitOptions.TrimEntries), "id", "uri"];
    }

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
        ApiAnswer.With(writer =>
        {
            writer.WriteStartArray(AreAsked ? name : "uris");
            foreach (var item in items)
            {
                if (AreAsked) Write(writer, item, shape);
                else writer.WriteStringValue(uri(item));
            }
            writer.WriteEndArray();
        });

    /// <summary>One resource, in full or with the listed properties: <c>{"statusCode":0,"feature":{…}}</c>.</summary>
    public ApiAnswer Single<T>(string name, T item, JsonTypeInfo<T> shape) => ApiAnswer.With(writer =>
    {
        writer.WritePropertyName(name);
        Write(writer, item, shape);
    });

    /// <summary>Writes the object with the wanted properties.</summary>
    public void Write<T>(Utf8JsonWriter writer, T item, JsonTypeInfo<T> shape)
    {
        if (names is null)
        {
            JsonSerializer.Serialize(writer, item, shape);
            return;
        }
        using var all = JsonSerializer.SerializeToDocument(item, shape);
        writer.WriteStartObject();
        foreach (var property in all.RootElement.EnumerateObject().Where(p => Includes(p.Name))) property.WriteTo(writer);
        writer.WriteEndObject();
    }
}
