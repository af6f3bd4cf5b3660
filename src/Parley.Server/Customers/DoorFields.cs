using System.Collections.Frozen;
using System.Text.Json;

namespace Parley.Server.Customers;

/// <summary>The fields of a customer's request: a form, a multipart form, or a JSON object with the same names.</summary>
/// <remarks>
/// Empty fields count as absent. <c>userData[key]</c>, <c>userData["key"]</c> and nested <c>userData[a][b]</c> (key
/// <c>a.b</c>) are all understood; several values of one key are joined by commas. Unknown fields are ignored.
/// </remarks>
internal sealed partial class DoorFields
{
    /// <summary>The most fields of one request.</summary>
    public const int MaxFields = 1_024;

    /// <summary>The fields that are texts or numbers, in which an object or an array is a mistake.</summary>
    private static readonly FrozenSet<string> Texts = FrozenSet.ToFrozenSet(
    [
        "operationName", "operation", "nickname", "firstName", "lastName", "subject", "emailAddress", "endpoint", "text",
        "message", "messageType", "pushUrl", "transcriptPosition", "fileId", "chatId", "secureKey",
    ]);

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> userData = new(StringComparer.Ordinal);

    /// <summary>A field's value; null if absent or empty.</summary>
    public string? this[string name] => fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public IReadOnlyDictionary<string, string> UserData => userData;

    /// <summary>What is wrong with the JSON object that the fields come from; null if nothing.</summary>
    public string? Flaw { get; private set; }

    /// <summary>The members of a JSON object as fields.</summary>
    /// <exception cref="InvalidOperationException">A text in it is not Unicode.</exception>
    public static DoorFields Of(JsonElement json)
    {
        var fields = new DoorFields();
        if (json.GetPropertyCount() > MaxFields) fields.Flaw = $"There are more than {MaxFields} fields.";
        else foreach (var member in json.EnumerateObject()) fields.Add(member.Name, member.Value);
        return fields;
    }

    private void Add(string name, JsonElement value)
    {
        var isText = value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
        if (name != "userData")
        {
            if (!isText && Texts.Contains(name)) Flaw ??= $"{name} must be a text.";
            else if (value.ValueKind == JsonValueKind.Array && name == "eventAttributes") Flaw ??= $"{name} must be an object.";
            else Add(name, Text(value));
        }
        else if (value.ValueKind == JsonValueKind.Object) AddData("", value);
        else if (!isText || Text(value).Length > 0) Flaw ??= "userData must be an object.";
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
