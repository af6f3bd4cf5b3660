using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Chats;
using Parley.Privacy;

namespace Parley.Server.Hosting;

/// <summary>The events of a chat with all that people wrote in them masked: the last thing before they are stored.</summary>
internal static class MaskedEvents
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ImmutableArray<ChatEvent> Of(ImmutableArray<ChatEvent> events, Masking masking) =>
        masking.IsNeeded ? [.. events.Select(e => Of(e, masking))] : events;

    public static ImmutableSortedDictionary<string, DataValue> Of(
        ImmutableSortedDictionary<string, DataValue> data, Masking masking) =>
        masking.IsNeeded
            ? data.Clear().SetItems(data.Select(d => KeyValuePair.Create(masking.Of(d.Key), masking.Of(d.Value))))
            : data;

    /// <summary>What is not named here holds no words of people: names of queues, agents and the like.</summary>
    private static ChatEvent Of(ChatEvent e, Masking masking) => e switch
    {
        ChatRequested r => r with { Nickname = masking.Of(r.Nickname), UserData = Of(r.UserData, masking) },
        CustomerSaid s => s with
        {
            Text = masking.Of(s.Text), MessageType = Of(s.MessageType, masking), Attributes = Structured(s.Attributes, masking),
        },
        CustomerStartedTyping t => t with { Preview = Of(t.Preview, masking, Typed.StillGoingOn) },
        CustomerPushedUrl u => u with { Url = masking.Of(u.Url) },
        CustomerSentCustomNotice n => n with { Text = masking.Of(n.Text), Attributes = Structured(n.Attributes, masking) },
        CustomerRenamed r => r with { Nickname = masking.Of(r.Nickname) },
        FileAdded f => f with
        {
            File = f.File with { Name = masking.Of(f.File.Name), Description = Of(f.File.Description, masking) },
        },
        AgentJoined j => j with { Nickname = masking.Of(j.Nickname) },
        AgentSaid s => s with { Text = masking.Of(s.Text), MessageType = Of(s.MessageType, masking) },
        AgentPushedUrl u => u with { Url = masking.Of(u.Url) },
        AgentSentCustomNotice n => n with { Text = masking.Of(n.Text) },
        AgentNoticed n => n with { Text = masking.Of(n.Text) },
        UserDataChanged d => d with { Set = Of(d.Set, masking), Removed = [.. d.Removed.Select(key => masking.Of(key))] },
        DispositionSet d => d with { Disposition = masking.Of(d.Disposition) },
        _ => e,
    };

    private static string? Of(string? text, Masking masking, Typed typed = Typed.Done) =>
        text is null ? null : masking.Of(text, typed);

    /// <summary>Structured content with the texts in it masked; it stays as it was sent where nothing is.</summary>
    private static string? Structured(string? json, Masking masking)
    {
        if (json is null) return null;
        using var document = JsonDocument.Parse(json);
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        bool changed;
        using (var writer = new Utf8JsonWriter(bytes, Relaxed)) changed = Write(writer, document.RootElement, masking);
        return changed ? Encoding.UTF8.GetString(bytes.WrittenSpan) : json;
    }

    /// <summary>Writes a value; answers whether anything in it was masked.</summary>
    private static bool Write(Utf8JsonWriter writer, JsonElement value, Masking masking)
    {
        var changed = false;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    var name = masking.Of(member.Name);
                    writer.WritePropertyName(name);
                    changed |= Write(writer, member.Value, masking) | name != member.Name;
                }
                writer.WriteEndObject();
                return changed;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray()) changed |= Write(writer, item, masking);
                writer.WriteEndArray();
                return changed;
            case JsonValueKind.String or JsonValueKind.Number:
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                var masked = masking.Of(text);
                if (masked == text) value.WriteTo(writer);
                else writer.WriteStringValue(masked);
                return masked != text;
            default:
                value.WriteTo(writer);
                return false;
        }
    }
}
