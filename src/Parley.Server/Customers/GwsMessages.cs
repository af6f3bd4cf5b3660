using System.Globalization;
using System.Text.Json;
using Parley.Chats;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Customers;

/// <summary>What door A answers of a transcript.</summary>
/// <remarks>
/// <c>{"from":{"nickname":"Tariq","participantId":"2","type":"Agent"},"index":4,"type":"Text","text":"Good morning!",
/// "timestamp":"2026-11-20T09:07:01.000+0000"}</c>. Source: "CustomerChatMessages".
/// </remarks>
internal static class GwsMessages
{
    /// <summary>What this door's clients know, from an index on.</summary>
    public static IEnumerable<Entry> Readable(Chat chat, int from) =>
        Projection.WithoutStaleTyping(Audience.EntriesForCustomer(chat, from)).Where(Projection.IsForGws);

    public static void Write(Utf8JsonWriter json, Entry entry, WireStyle style)
    {
        Begin(json, entry.From, entry.Index, Projection.GwsType(entry.Kind)!);
        if (entry.Text is not null) json.WriteString("text"u8, entry.Text);
        End(json, entry.At, style);
    }

    /// <summary>The service message that ends what there is to read.</summary>
    public static void WriteSaved(Utf8JsonWriter json, Chat chat, WireStyle style)
    {
        Begin(json, chat.Customer, Entry.ServiceIndex, "TranscriptSaveDone");
        End(json, chat.CustomerLeftAt ?? chat.ReceivedAt, style);
    }

    public static void WriteParty(Utf8JsonWriter json, Party party)
    {
        json.WriteStartObject();
        json.WriteString("nickname"u8, party.Nickname);
        json.WriteString("participantId"u8, party.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("type"u8, Projection.GwsSide(party.Kind));
        json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, Party from, int index, string type)
    {
        json.WriteStartObject();
        json.WritePropertyName("from"u8);
        WriteParty(json, from);
        json.WriteNumber("index"u8, index);
        json.WriteString("type"u8, type);
    }

    private static void End(Utf8JsonWriter json, DateTimeOffset at, WireStyle style)
    {
        json.WriteString("timestamp"u8, style.Timestamp(at));
        json.WriteEndObject();
    }
}
