using System.Text.Json;
using System.Text.Unicode;

namespace Parley.Bayeux.Tests.Fuzz;

/// <summary>
/// What a payload means, read in the plainest way there is: as a document, of which a member's last occurrence counts.
/// </summary>
internal sealed class NaiveReader
{
    private NaiveReader(PayloadFault fault, List<Dictionary<string, JsonElement>> messages) =>
        (Fault, Messages) = (fault, messages);

    public PayloadFault Fault { get; }

    public List<Dictionary<string, JsonElement>> Messages { get; }

    /// <summary>Null if it is for the reader to say: texts that are no Unicode, which it need not look at.</summary>
    public static NaiveReader? Read(byte[] payload, int maxMessages)
    {
        if (!Utf8.IsValid(payload)) return new(PayloadFault.Malformed, []);
        try
        {
            using var document = JsonDocument.Parse(payload, new JsonDocumentOptions { MaxDepth = 64 });
            return Read(document.RootElement.Clone(), maxMessages);
        }
        catch (JsonException)
        {
            return new(PayloadFault.Malformed, []);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static string? TextOf(Dictionary<string, JsonElement> message, string name) =>
        message.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    public static string RawOf(Dictionary<string, JsonElement> message, string name) =>
        message.TryGetValue(name, out var value) ? value.GetRawText() : "";

    /// <summary>A number of milliseconds, of the last occurrence; null for anything else.</summary>
    public static long? MillisecondsOf(JsonElement advice, string name)
    {
        long? found = null;
        foreach (var member in advice.EnumerateObject().Where(member => member.NameEquals(name)))
        {
            found = member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetDouble(out var number)
                && number is >= 0 and <= int.MaxValue ? (long)number : null;
        }
        return found;
    }

    private static NaiveReader Read(JsonElement root, int maxMessages)
    {
        Decode(root);
        if (root.ValueKind is JsonValueKind.Object) return new(PayloadFault.None, [MembersOf(root)]);
        if (root.ValueKind is not JsonValueKind.Array) return new(PayloadFault.Malformed, []);

        var messages = new List<Dictionary<string, JsonElement>>();
        foreach (var message in root.EnumerateArray())
        {
            if (message.ValueKind is not JsonValueKind.Object) return new(PayloadFault.Malformed, []);
            if (messages.Count == maxMessages) return new(PayloadFault.TooMany, []);
            messages.Add(MembersOf(message));
        }
        var handshakes = messages.Exists(m => TextOf(m, "channel") == "/meta/handshake");
        return new(
            messages.Count == 0 ? PayloadFault.Empty
            : handshakes && messages.Count > 1 ? PayloadFault.HandshakeWithCompany
            : PayloadFault.None, messages);
    }

    private static Dictionary<string, JsonElement> MembersOf(JsonElement message)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in message.EnumerateObject()) members[member.Name] = member.Value;
        return members;
    }

    // Half of a surrogate pair makes this throw, wherever it is; the reader looks only at the texts it needs.
    private static void Decode(JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String) value.GetString();
        if (value.ValueKind is JsonValueKind.Array) value.EnumerateArray().ToList().ForEach(Decode);
        if (value.ValueKind is not JsonValueKind.Object) return;
        foreach (var member in value.EnumerateObject())
        {
            _ = member.Name;
            Decode(member.Value);
        }
    }
}
