using System.Text.Json;

namespace Parley.Server.Customers;

/// <summary>Structured content beside a message: a JSON object, which everybody in the chat is shown as it was written.</summary>
internal static class StructuredContent
{
    public const int MaxDepth = 16;

    /// <summary>
    /// Whether it is an object that every reader of JSON can read: its texts are Unicode, none of its names is there twice.
    /// </summary>
    public static bool IsWellFormed(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return document.RootElement.ValueKind == JsonValueKind.Object && IsReadable(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false; // InvalidOperationException: half of a surrogate pair
        }
    }

    /// <summary>What well-formed content is for, where it says so.</summary>
    public static string? PurposeOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("purpose", out var purpose) && purpose.ValueKind == JsonValueKind.String
            ? purpose.GetString()
            : null;
    }

    private static bool IsReadable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => member.Name is not null && IsReadable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsReadable),
        JsonValueKind.String => value.GetString() is not null,
        _ => true,
    };
}
