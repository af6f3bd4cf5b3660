using System.Text.Json;
using System.Text.RegularExpressions;

namespace Parley.Server.Provisioning;

/// <summary>A JSON schema that finds everything in a document that does not fit, each with its path.</summary>
/// <remarks>
/// Of JSON Schema it knows what the contact centre's schema uses: type, properties, required, additionalProperties,
/// items, maxItems, enum, pattern, minLength, maxLength, minimum, maximum and <c>$ref</c> to <c>#/$defs</c>.
/// </remarks>
internal sealed class JsonShape(JsonElement schema)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public IEnumerable<string> Misfits(JsonElement document) => Check(schema, document, "");

    private IEnumerable<string> Check(JsonElement rule, JsonElement value, string path)
    {
        if (rule.TryGetProperty("$ref", out var reference)) rule = Resolve(reference.GetString()!);
        if (rule.TryGetProperty("type", out var type) && !IsOfType(value, type.GetString()!))
            return [$"{Shown(path)}: must be {Described(type.GetString()!)}."];
        return value.ValueKind switch
        {
            JsonValueKind.Object => CheckObject(rule, value, path),
            JsonValueKind.Array => CheckArray(rule, value, path),
            JsonValueKind.String => CheckText(rule, value.GetString()!, path),
            JsonValueKind.Number => CheckNumber(rule, value.GetDouble(), path),
            _ => [],
        };
    }

    private IEnumerable<string> CheckObject(JsonElement rule, JsonElement value, string path)
    {
        if (rule.TryGetProperty("required", out var required))
        {
            var names = required.EnumerateArray().Select(n => n.GetString()!);
            foreach (var name in names.Where(n => !value.TryGetProperty(n, out _)))
                yield return $"{Shown(Below(path, name))}: is required.";
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            var below = Below(path, property.Name);
            if (!seen.Add(property.Name))
            {
                yield return $"{below}: is given twice.";
            }
            else if (RuleFor(rule, property.Name) is { } propertyRule)
            {
                foreach (var misfit in Check(propertyRule, property.Value, below)) yield return misfit;
            }
            else
            {
                yield return $"{below}: is not known here.";
            }
        }
    }

    private static JsonElement? RuleFor(JsonElement rule, string property) =>
        rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property, out var known) ? known
        : rule.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object ? others
        : null;

    private IEnumerable<string> CheckArray(JsonElement rule, JsonElement value, string path)
    {
        if (rule.TryGetProperty("maxItems", out var most) && value.GetArrayLength() > most.GetInt32())
            yield return $"{path}: has more than {most} entries.";
        if (!rule.TryGetProperty("items", out var itemRule)) yield break;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            foreach (var misfit in Check(itemRule, item, $"{path}[{index}]")) yield return misfit;
            index++;
        }
    }

    private static IEnumerable<string> CheckText(JsonElement rule, string text, string path)
    {
        if (rule.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(a => a.ValueEquals(text)))
            yield return $"{path}: must be one of {string.Join(", ", allowed.EnumerateArray())}.";
        if (rule.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
            yield return $"{path}: must not be empty.";
        if (rule.TryGetProperty("maxLength", out var most) && text.Length > most.GetInt32())
            yield return $"{path}: is longer than {most} characters.";
        if (rule.TryGetProperty("pattern", out var pattern) &&
            !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.CultureInvariant, PatternTimeout))
            yield return $"{path}: does not fit {pattern}.";
    }

    private static IEnumerable<string> CheckNumber(JsonElement rule, double number, string path)
    {
        if (rule.TryGetProperty("minimum", out var least) && number < least.GetDouble())
            yield return $"{path}: is less than {least}.";
        if (rule.TryGetProperty("maximum", out var most) && number > most.GetDouble())
            yield return $"{path}: is more than {most}.";
    }

    private JsonElement Resolve(string reference) =>
        schema.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new NotSupportedException($"The schema's type '{type}'."),
    };

    private static string Described(string type) => type switch
    {
        "object" => "an object",
        "array" => "a list",
        "string" => "a text",
        "integer" => "a whole number",
        _ => "true or false",
    };

    private static string Shown(string path) => path.Length == 0 ? "the file" : path;

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
