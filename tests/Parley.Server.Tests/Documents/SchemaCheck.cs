using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Documents;

/// <summary>
/// Finds everything in a JSON value that does not fit a schema of a document. Stricter than the standard: a member that an
/// object's
/// schema does not list is a misfit, so that what is not described is found.
/// </summary>
/// <remarks>A keyword it does not know fails the test: nothing is passed over.</remarks>
internal sealed class SchemaCheck(JsonObject document)
{
    private static readonly HashSet<string> Known =
    [
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "oneOf", "anyOf", "not", "minLength",
        "minItems", "maxItems", "minProperties", "description", "examples", "discriminator", "x-source", "x-refusals",
    ];

    /// <summary>What of the value does not fit, each with its place; nothing if it fits.</summary>
    public IReadOnlyList<string> Misfits(JsonNode schema, JsonNode? value) => [.. Check(Resolve(schema), value, "$")];

    /// <summary>The schema itself where there is a reference.</summary>
    public JsonObject Resolve(JsonNode schema)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
        {
            Assert.StartsWith("#/", reference, StringComparison.Ordinal);
            JsonNode? at = document;
            foreach (var name in reference[2..].Split('/')) at = at?[name];
            schema = at ?? throw new InvalidOperationException($"{reference} leads nowhere.");
        }
        return schema.AsObject();
    }

    private IEnumerable<string> Check(JsonObject schema, JsonNode? value, string path)
    {
        Assert.Equal([], schema.Select(k => k.Key).Where(k => !Known.Contains(k)));
        if (schema["type"] is { } type && !IsOf(type, value)) return [$"{path}: {Shown(value)} is not {type.ToJsonString()}"];
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value)) return [$"{path}: {Shown(value)} is not {only}"];
        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
            return [$"{path}: {Shown(value)} is none of {allowed.ToJsonString()}"];
        if (schema["not"] is { } not && !Check(Resolve(not), value, path).Any()) return [$"{path}: {Shown(value)} is excluded"];
        return
        [
            .. Chosen(schema, value, path),
            .. value switch
            {
                JsonObject members => CheckObject(schema, members, path),
                JsonArray items => CheckArray(schema, items, path),
                JsonValue text when text.TryGetValue<string>(out var s) && s.Length < (schema["minLength"]?.GetValue<int>() ?? 0)
                    =>
                    [$"{path}: is too short"],
                _ => [],
            },
        ];
    }

    private IEnumerable<string> Chosen(JsonObject schema, JsonNode? value, string path)
    {
        foreach (var (word, most) in new[] { ("oneOf", 1), ("anyOf", int.MaxValue) })
        {
            if (schema[word] is not JsonArray choices) continue;
            // a choice of names that must be there says nothing of the others
            var misfits = choices.Select(c => Resolve(c!)).Select(c => c.ContainsKey("type") || c.ContainsKey("oneOf")
                ? [.. Check(c, value, path)]
                : Missing(c, value, path).ToList()).ToList();
            var fits = misfits.Count(m => m.Count == 0);
            if (fits == 0) yield return $"{path}: fits no choice: {string.Join(" | ", misfits.Select(m => m[0]))}";
            if (fits > most) yield return $"{path}: fits {fits} choices";
        }
    }

    private IEnumerable<string> CheckObject(JsonObject schema, JsonObject value, string path)
    {
        foreach (var missing in Missing(schema, value, path)) yield return missing;
        if (value.Count < (schema["minProperties"]?.GetValue<int>() ?? 0)) yield return $"{path}: has too few members";
        if (schema["properties"] is null && schema["additionalProperties"] is not JsonObject) yield break;
        foreach (var (name, member) in value)
        {
            var rule = schema["properties"]?[name] ?? schema["additionalProperties"] as JsonObject;
            if (rule is null) yield return $"{path}.{name}: is not described";
            else foreach (var misfit in Check(Resolve(rule), member, $"{path}.{name}")) yield return misfit;
        }
    }

    private IEnumerable<string> CheckArray(JsonObject schema, JsonArray value, string path)
    {
        if (value.Count < (schema["minItems"]?.GetValue<int>() ?? 0)) yield return $"{path}: has too few items";
        if (value.Count > (schema["maxItems"]?.GetValue<int>() ?? int.MaxValue)) yield return $"{path}: has too many items";
        if (schema["items"] is not { } rule) yield break;
        foreach (var (index, item) in value.Index())
            foreach (var misfit in Check(Resolve(rule), item, $"{path}[{index}]")) yield return misfit;
    }

    private static IEnumerable<string> Missing(JsonObject schema, JsonNode? value, string path) =>
        (schema["required"]?.AsArray() ?? []).Select(n => n!.GetValue<string>())
            .Where(n => value is not JsonObject members || !members.ContainsKey(n)).Select(n => $"{path}.{n}: is missing");

    private static bool IsOf(JsonNode type, JsonNode? value)
    {
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        var types = type is JsonArray several ? several.Select(t => t!.GetValue<string>()) : [type.GetValue<string>()];
        return types.Any(t => t switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => kind == JsonValueKind.String,
            "integer" => kind == JsonValueKind.Number && value!.AsValue().TryGetValue<long>(out _),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            _ => kind == JsonValueKind.Null,
        });
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "null";
}
