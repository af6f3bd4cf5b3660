using System.Globalization;
using System.Text.Json;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>The part of a transcript that one answer of GMS Chat carries, in that API's words.</summary>
/// <remarks>Source: "APIResponses".</remarks>
internal sealed class GmsTranscript
{
    private readonly List<Entry> entries = [];

    private GmsTranscript(int? nextPosition) => NextPosition = nextPosition;

    /// <summary>
    /// Where to go on from: one past the last event, or what was asked for if there is none; null if nothing was asked for.
    /// </summary>
    public int? NextPosition { get; private set; }

    /// <summary>No transcript was asked for.</summary>
    public static GmsTranscript None => new(null);

    /// <summary>What the customer may read from a position on: 0 is nothing, −1 the last event, 1 everything.</summary>
    public static GmsTranscript From(Chat chat, int position, CustomersOptions options)
    {
        var transcript = new GmsTranscript(position);
        if (position == 0) return transcript;
        var readable = Readable(chat, Math.Max(position, 1));
        if (position < 0) readable = readable.TakeLast(1);
        var length = 0;
        foreach (var entry in readable)
        {
            length += entry.Text?.Length ?? 0;
            if (transcript.entries.Count == options.MaxEventsPerAnswer
                || (length > options.MaxAnswerLength && transcript.entries.Count > 0))
                break;
            transcript.entries.Add(entry);
            transcript.NextPosition = entry.Index + 1;
        }
        return transcript;
    }

    public void WriteMessages(Utf8JsonWriter json)
    {
        json.WriteStartArray("messages"u8);
        foreach (var entry in entries) Write(json, entry);
        json.WriteEndArray();
    }

    /// <summary>
    /// Customers are never shown their own typing, and that of others only while it is the last thing the other did: repeating
    /// old typing makes widgets flicker.
    /// </summary>
    private static IEnumerable<Entry> Readable(Chat chat, int from)
    {
        Entry[] entries = [.. Audience.EntriesForCustomer(chat, from)];
        var lastOf = new Dictionary<int, int>();
        foreach (var entry in entries) lastOf[entry.From.Number] = entry.Index;
        return entries.Where(e =>
            e.Kind is not (EntryKind.TypingStarted or EntryKind.TypingStopped)
            || (e.From.Kind != PartyKind.Customer && lastOf[e.From.Number] == e.Index));
    }

    private static void Write(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, entry.Index);
        json.WriteString("type"u8, TypeOf(entry.Kind));
        json.WriteStartObject("from"u8);
        json.WriteString("nickname"u8, entry.From.Nickname);
        json.WriteNumber("participantId"u8, entry.From.Number);
        json.WriteString("type"u8, SideOf(entry.From.Kind));
        json.WriteEndObject();
        json.WriteNumber("utcTime"u8, entry.At.ToUnixTimeMilliseconds());
        if (entry.Text is not null) json.WriteString("text"u8, entry.Text);
        if (entry.MessageType is not null) json.WriteString("messageType"u8, entry.MessageType);
        if (entry.Quit is { } why and not (QuitReason.Left or QuitReason.WentSilent)) WriteQuitReason(json, why);
        json.WriteEndObject();
    }

    /// <summary>Only a customer who did not go alone is told why.</summary>
    private static void WriteQuitReason(Utf8JsonWriter json, QuitReason why)
    {
        json.WriteStartObject("eventAttributes"u8);
        json.WriteStartObject("GCTI_SYSTEM"u8);
        json.WriteString("quit-reason-code"u8, ((int)why).ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(EntryKind kind) => kind switch
    {
        EntryKind.Text => "Message",
        EntryKind.ParticipantRejoined => "ParticipantJoined",
        _ => kind.ToString(),
    };

    private static string SideOf(PartyKind kind) => kind switch
    {
        PartyKind.Customer => "Client",
        PartyKind.Agent => "Agent",
        _ => "External",
    };
}
