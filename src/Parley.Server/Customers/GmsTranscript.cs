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

    public bool IsEmpty => entries.Count == 0;

    /// <summary>Whether there is more than one answer holds.</summary>
    public bool IsCut { get; private set; }

    /// <summary>No transcript was asked for.</summary>
    public static GmsTranscript None => new(null);

    /// <summary>What the customer may read from a position on: 0 is nothing, −1 the last event, 1 everything.</summary>
    public static GmsTranscript From(Chat chat, int position, CustomersOptions options)
    {
        var transcript = new GmsTranscript(position);
        if (position == 0) return transcript;
        var readable = Projection.WithoutStaleTyping(Audience.EntriesForCustomer(chat, Math.Max(position, 1)));
        if (position < 0) readable = readable.TakeLast(1);
        var length = 0;
        foreach (var entry in readable)
        {
            length += entry.Length;
            transcript.IsCut = transcript.entries.Count == options.MaxEventsPerAnswer
                || (length > options.MaxAnswerLength && transcript.entries.Count > 0);
            if (transcript.IsCut) break;
            transcript.entries.Add(entry);
            transcript.NextPosition = entry.Index + 1;
        }
        return transcript;
    }

    /// <summary>The position as number or text; null if none was given.</summary>
    public static (int? Position, DoorError? Wrong) PositionOf(string? text)
    {
        if (text is null) return (null, null);
        return int.TryParse(text, out var position) && position >= -1
            ? (position, null)
            : (null, DoorError.Malformed("transcriptPosition is not a position.", "Send a whole number from -1 on."));
    }

    public void WriteMessages(Utf8JsonWriter json)
    {
        json.WriteStartArray("messages"u8);
        foreach (var entry in entries) Write(json, entry);
        json.WriteEndArray();
    }

    /// <summary>A message without an index, all by itself: it is shown once and is no part of the transcript.</summary>
    public static void WriteNotice(
        Utf8JsonWriter json, Party from, string text, DateTimeOffset at, IReadOnlyList<(string Key, string Value)> data)
    {
        json.WriteStartArray("messages"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, Projection.GmsType(EntryKind.Notice));
        WriteFrom(json, from);
        json.WriteNumber("utcTime"u8, at.ToUnixTimeMilliseconds());
        json.WriteString("text"u8, text);
        WriteData(json, data);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Entry entry)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, entry.Index);
        json.WriteString("type"u8, Projection.GmsType(entry.Kind));
        WriteFrom(json, entry.From);
        json.WriteNumber("utcTime"u8, entry.At.ToUnixTimeMilliseconds());
        if (entry.Text is not null) json.WriteString("text"u8, entry.Text);
        if (entry.MessageType is not null) json.WriteString("messageType"u8, entry.MessageType);
        WriteData(json, Projection.DataOf(entry));
        WriteAttributes(json, entry);
        json.WriteEndObject();
    }

    private static void WriteFrom(Utf8JsonWriter json, Party from)
    {
        json.WriteStartObject("from"u8);
        json.WriteString("nickname"u8, from.Nickname);
        json.WriteNumber("participantId"u8, from.Number);
        json.WriteString("type"u8, Projection.GmsSide(from.Kind));
        json.WriteEndObject();
    }

    /// <summary>What belongs to files and warnings; every value is a text.</summary>
    public static void WriteData(Utf8JsonWriter json, IReadOnlyList<(string Key, string Value)> data)
    {
        if (data.Count == 0) return;
        json.WriteStartObject("userData"u8);
        foreach (var (key, value) in data) json.WriteString(key, value);
        json.WriteEndObject();
    }

    /// <summary>Structured content as it was sent; on the customer's own exit, why, unless the customer went alone.</summary>
    private static void WriteAttributes(Utf8JsonWriter json, Entry entry)
    {
        if (entry.Attributes is not null)
        {
            json.WritePropertyName("eventAttributes"u8);
            json.WriteRawValue(entry.Attributes);
        }
        else if (entry.Quit is { } why and not (QuitReason.Left or QuitReason.WentSilent))
        {
            json.WriteStartObject("eventAttributes"u8);
            json.WriteStartObject("GCTI_SYSTEM"u8);
            json.WriteString("quit-reason-code"u8, ((int)why).ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
