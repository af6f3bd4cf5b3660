using System.Text.Json.Nodes;

namespace Parley.Server.Documents;

/// <summary>Short ways to write JSON schemas.</summary>
internal static class Shape
{
    public static JsonObject Text(string? meaning = null) => Of("string", meaning);

    public static JsonObject Whole(string? meaning = null) => Of("integer", meaning);

    public static JsonObject Truth(string? meaning = null) => Of("boolean", meaning);

    public static JsonObject ListOf(JsonObject item, string? meaning = null)
    {
        var list = Of("array", meaning);
        list["items"] = item;
        return list;
    }

    /// <summary>An object of which nothing more is known.</summary>
    public static JsonObject AnyObject(string? meaning = null)
    {
        var any = Of("object", meaning);
        any["additionalProperties"] = true;
        return any;
    }

    /// <summary>A text that is one of a few.</summary>
    public static JsonObject OneOfTexts(params IEnumerable<string> texts) => new() { ["type"] = "string", ["enum"] = Names(texts) };

    /// <summary>A text or number that is always the same.</summary>
    public static JsonObject Always(JsonNode value) => new() { ["const"] = value };

    public static JsonObject OneOf(params IEnumerable<JsonObject> choices) => new() { ["oneOf"] = new JsonArray([.. choices]) };

    public static JsonObject AnyOf(params IEnumerable<JsonObject> choices) => new() { ["anyOf"] = new JsonArray([.. choices]) };

    /// <summary>An object; a name with a question mark may be absent.</summary>
    public static JsonObject Object(params IEnumerable<(string Name, JsonObject Value)> properties)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(), ["required"] = new JsonArray() };
        foreach (var (name, value) in properties)
        {
            schema["properties"]![name.TrimEnd('?')] = value;
            if (!name.EndsWith('?')) schema["required"]!.AsArray().Add((JsonNode)name);
        }
        return schema;
    }

    /// <summary>The same schema with a description.</summary>
    public static JsonObject Meaning(this JsonObject schema, string meaning)
    {
        schema["description"] = meaning;
        return schema;
    }

    public static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(n => (JsonNode)n)]);

    private static JsonObject Of(string type, string? meaning)
    {
        var schema = new JsonObject { ["type"] = type };
        if (meaning is not null) schema["description"] = meaning;
        return schema;
    }
}
