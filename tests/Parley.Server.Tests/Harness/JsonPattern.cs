using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Harness;

/// <summary>
/// JSON in which <c>…</c> stands for what does not matter: as a value, any value; as a member or as an array's last
/// element, anything more. Without it an object has exactly the members given and an array exactly the elements.
/// </summary>
/// <remarks><c>capabilities</c> is compared as a set: the order of that list has no meaning.</remarks>
internal sealed class JsonPattern
{
    private const string Any = "…";
    private readonly JsonNode? pattern;

    private JsonPattern(JsonNode? pattern) => this.pattern = pattern;

    public static JsonPattern Parse(string text)
    {
        try
        {
            return new JsonPattern(JsonNode.Parse(QuoteWildcards(text)));
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a JSON pattern: {text} ({e.Message})");
        }
    }

    /// <summary>The first difference, with its place; null when the JSON matches.</summary>
    public string? Complaint(JsonNode? actual) => Compare(pattern, actual, "$");

    /// <summary>Fails the test with the difference unless the JSON matches.</summary>
    public void Check(JsonNode? actual, string what)
    {
        var complaint = Complaint(actual);
        Assert.True(
            complaint is null,
            $"{what}\n  {complaint}\n  expected {pattern?.ToJsonString(Readable)}\n  actual   {actual?.ToJsonString(Readable)}");
    }

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string? Compare(JsonNode? expected, JsonNode? actual, string path) => expected switch
    {
        JsonValue value when IsAny(value) => null,
        JsonObject members => CompareObjects(members, actual as JsonObject, path),
        JsonArray elements when path.EndsWith(".capabilities", StringComparison.Ordinal) =>
            CompareSets(elements, actual as JsonArray, path),
        JsonArray elements => CompareArrays(elements, actual as JsonArray, path),
        _ => JsonNode.DeepEquals(expected, actual)
            ? null
            : $"{path}: expected {expected?.ToJsonString() ?? "null"}, got {actual?.ToJsonString() ?? "null"}",
    };

    private static string? CompareObjects(JsonObject expected, JsonObject? actual, string path)
    {
        if (actual is null) return $"{path}: expected an object";
        foreach (var (name, value) in expected)
        {
            if (name == Any) continue;
            if (!actual.TryGetPropertyValue(name, out var found)) return $"{path}.{name}: missing";
            if (Compare(value, found, $"{path}.{name}") is { } complaint) return complaint;
        }
        if (expected.ContainsKey(Any)) return null;
        var extra = actual.Select(m => m.Key).FirstOrDefault(name => !expected.ContainsKey(name));
        return extra is null ? null : $"{path}.{extra}: not expected";
    }

    private static string? CompareArrays(JsonArray expected, JsonArray? actual, string path)
    {
        if (actual is null) return $"{path}: expected an array";
        var isOpen = expected.Count > 0 && IsAny(expected[^1]);
        var count = isOpen ? expected.Count - 1 : expected.Count;
        if (isOpen ? actual.Count < count : actual.Count != count)
            return $"{path}: expected {count} elements, got {actual.Count}";
        return Enumerable.Range(0, count)
            .Select(i => Compare(expected[i], actual[i], $"{path}[{i}]")).FirstOrDefault(c => c is not null);
    }

    private static string? CompareSets(JsonArray expected, JsonArray? actual, string path)
    {
        if (actual is null) return $"{path}: expected an array";
        var wanted = expected.Where(e => !IsAny(e)).Select(e => e!.ToJsonString()).ToHashSet();
        var found = actual.Select(e => e!.ToJsonString()).ToHashSet();
        if (wanted.FirstOrDefault(w => !found.Contains(w)) is { } missing) return $"{path}: {missing} is missing";
        if (wanted.Count < expected.Count) return null;
        return found.FirstOrDefault(f => !wanted.Contains(f)) is { } extra ? $"{path}: {extra} not expected" : null;
    }

    private static bool IsAny(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text == Any;

    /// <summary>Makes <c>…</c> outside strings into strings, or into a member where a member belongs.</summary>
    private static string QuoteWildcards(string text)
    {
        var result = new StringBuilder();
        var nesting = new Stack<char>();
        var last = ' ';
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (inString && c == '\\')
            {
                result.Append(c).Append(text[++i]);
                continue;
            }
            if (c == '"') inString = !inString;
            if (!inString && c is '{' or '[') nesting.Push(c);
            if (!inString && c is '}' or ']') nesting.TryPop(out _);
            var isMember = nesting.TryPeek(out var container) && container == '{' && last is '{' or ',';
            result.Append(c != '…' || inString ? c.ToString() : isMember ? "\"…\":0" : "\"…\"");
            if (!char.IsWhiteSpace(c)) last = c;
        }
        return result.ToString();
    }
}
