using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Documents;

/// <summary>
/// The JSON schemas of one document, each under a name: what the serializer writes, with the doc comments of the records.
/// </summary>
/// <param name="comments">Where descriptions come from.</param>
/// <param name="root">Where the document keeps its schemas, <c>#/components/schemas/</c>.</param>
internal sealed class Schemas(DocComments comments, string root = "#/components/schemas/")
{
    private readonly SortedDictionary<string, JsonObject> named = new(StringComparer.Ordinal);

    /// <summary>All of them by name.</summary>
    public JsonObject All => new(named.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Value.DeepClone())));

    /// <summary>A reference to a record's schema, or to that of a list or a map of records.</summary>
    public JsonObject Of(JsonTypeInfo shape) => shape.Kind == JsonTypeInfoKind.Object ? Reference(shape) : Exported(shape);

    /// <summary>A record of which <c>fields</c> chose the properties: only id and uri are always there.</summary>
    public JsonObject PartOf(JsonTypeInfo shape) => Add($"{shape.Type.Name}Fields", () =>
    {
        var part = Whole(shape);
        var required = part["required"]!.AsArray().Select(n => n!.GetValue<string>()).Where(n => n is "id" or "uri");
        part["required"] = Shape.Names(required);
        part["description"] = $"`{shape.Type.Name}` with the properties that `fields` names.";
        return part;
    });

    /// <summary>A record's schema itself, to be changed.</summary>
    public JsonObject Whole(JsonTypeInfo shape) => Exported(shape);

    /// <summary>Keeps a schema under a name, unless there is one, and refers to it.</summary>
    public JsonObject Add(string name, Func<JsonObject> schema)
    {
        if (!named.ContainsKey(name)) named[name] = schema();
        return Named(name);
    }

    /// <summary>A reference to what is kept under a name, or will be.</summary>
    public JsonObject Named(string name) => new() { ["$ref"] = root + name };

    private JsonObject Reference(JsonTypeInfo shape) => Add(shape.Type.Name, () => Exported(shape));

    private JsonObject Exported(JsonTypeInfo shape) => JsonSchemaExporter.GetJsonSchemaAsNode(shape, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Described(context, schema, shape),
    }).AsObject();

    private JsonObject Described(JsonSchemaExporterContext context, JsonNode exported, JsonTypeInfo shape)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = type == typeof(DataValue) ? AnyValue()
            : type == typeof(JsonElement) ? Shape.AnyObject()
            : context.TypeInfo.Kind == JsonTypeInfoKind.Object && !(context.Path.IsEmpty && type == shape.Type)
                ? Reference(context.TypeInfo)
            : exported.AsObject();
        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object && context.Path.IsEmpty) Complete(schema, context.TypeInfo);
        schema.Remove("default");
        if (type.IsEnum) Explain(schema, type);
        if (context.TypeInfo.ElementType == typeof(DataValue)) schema["additionalProperties"] = AnyValue();
        // what is null is not written
        if (type != typeof(DataValue)) RemoveNull(schema);
        var property = context.PropertyInfo?.AttributeProvider as PropertyInfo;
        if (property is not null && comments.Of(property).Whole is { Length: > 0 } meaning)
            schema["description"] = $"{meaning} {schema["description"]}".TrimEnd();
        return schema;
    }

    private void Explain(JsonObject schema, Type values)
    {
        schema["type"] = "string";
        var meanings = Enum.GetValuesAsUnderlyingType(values).Cast<object>().Select(v => (Enum)Enum.ToObject(values, v))
            .Select(value => (value, comments.Of(value).Summary)).Where(v => v.Summary.Length > 0);
        var all = string.Join(' ', meanings.Select(v => $"`{v.value}`: {v.Summary}"));
        if (all.Length > 0) schema["description"] = all;
    }

    private void Complete(JsonObject schema, JsonTypeInfo shape)
    {
        var comment = comments.Of(shape.Type);
        schema["description"] = comment.Whole;
        if (comment.Source is not null) schema["x-source"] = comment.Source;
        schema["required"] = Shape.Names(shape.Properties.Where(IsAlwaysThere).Select(p => p.Name));
    }

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        property.Get is not null && !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null;

    /// <summary>A value of user data.</summary>
    public static JsonObject AnyValue() => new() { ["type"] = new JsonArray("string", "number", "boolean", "null") };

    private static void RemoveNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
            schema["type"] = types.Select(t => t!.GetValue<string>()).First(t => t != "null");
        if (schema["enum"] is JsonArray values && values.Any(v => v is null))
            schema["enum"] = Shape.Names(values.OfType<JsonNode>().Select(v => v.GetValue<string>()));
    }
}
