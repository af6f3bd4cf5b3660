using System.Buffers;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;

namespace Parley.Log.Events;

/// <summary>Events of one kind of stream, to and from what the log stores.</summary>
/// <remarks>
/// <c>{"at":"2026-11-20T09:00:00+00:00","by":"7c1e…","ref":13,"event":{"agent":"7c1e…","text":"Good morning"}}</c>; <c>by</c>
/// and <c>ref</c> only where an agent's request caused it, <c>print</c> only where the caller gave a key, <c>trace</c> only where
/// it was traced.
/// </remarks>
public sealed class EventCodec<TEvent>
    where TEvent : class
{
    // what is written here is never part of a page
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly FrozenDictionary<string, JsonTypeInfo> shapes;
    private readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Shape)> names;

    internal EventCodec((string Name, JsonTypeInfo Shape)[] table)
    {
        shapes = table.ToFrozenDictionary(row => row.Name, row => row.Shape, StringComparer.Ordinal);
        names = table.ToFrozenDictionary(row => row.Shape.Type);
    }

    /// <summary>An event as the log stores it.</summary>
    public NewEvent Write(TEvent e, Stamp stamp)
    {
        var (name, shape) = names[e.GetType()];
        var bytes = new ArrayBufferWriter<byte>(192);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("at"u8, stamp.At);
            if (stamp.Requester is { } by) json.WriteString("by"u8, by.Value);
            if (stamp.ReferenceId is { } reference) json.WriteNumber("ref"u8, reference);
            if (stamp.Fingerprint is { } fingerprint) json.WriteString("print"u8, fingerprint);
            if (stamp.Trace is { } trace) json.WriteString("trace"u8, trace);
            json.WritePropertyName("event"u8);
            JsonSerializer.Serialize(json, e, shape);
            json.WriteEndObject();
        }
        return new NewEvent(name, bytes.WrittenMemory);
    }

    /// <summary>An event as the domain knows it, and its stamp.</summary>
    /// <exception cref="EventUnreadableException">The event is damaged, or a newer version of the program wrote it.</exception>
    public (TEvent Event, Stamp Stamp) Read(LogEvent stored)
    {
        try
        {
            return Parse(stored);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new EventUnreadableException($"Event {stored.Version} of {stored.Stream} cannot be read.", e);
        }
    }

    private (TEvent Event, Stamp Stamp) Parse(LogEvent stored)
    {
        if (!shapes.TryGetValue(stored.Type, out var shape))
            throw new EventUnreadableException(
                $"The log holds an event '{stored.Type}' that this version of Parley does not know.");
        var json = new Utf8JsonReader(stored.Data.Span);
        DateTimeOffset at = default;
        AgentId? by = null;
        int? reference = null;
        string? fingerprint = null;
        string? trace = null;
        TEvent? e = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("at"u8)) at = Next(ref json).GetDateTimeOffset();
            else if (json.ValueTextEquals("by"u8)) by = new AgentId(Next(ref json).GetString()!);
            else if (json.ValueTextEquals("ref"u8)) reference = Next(ref json).GetInt32();
            else if (json.ValueTextEquals("print"u8)) fingerprint = Next(ref json).GetString();
            else if (json.ValueTextEquals("trace"u8)) trace = Next(ref json).GetString();
            else if (json.ValueTextEquals("event"u8)) e = (TEvent?)JsonSerializer.Deserialize(ref json, shape);
            else json.Skip();
        }
        return (e ?? throw new JsonException("There is no event."), new Stamp(at, by, reference, fingerprint, trace));
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader json)
    {
        json.Read();
        return ref json;
    }
}

/// <summary>The codecs of Parley's streams.</summary>
public static class EventCodec
{
    public static EventCodec<ChatEvent> Chat { get; } = new(EventNames.Chat);

    public static EventCodec<AgentEvent> Agent { get; } = new(EventNames.Agent);

    public static EventCodec<ContactEvent> Contact { get; } = new(EventNames.Contact);

    public static EventCodec<ContactKeyEvent> ContactKey { get; } = new(EventNames.ContactKey);
}

/// <summary>A stored event that this version of the program cannot read; the message says which.</summary>
public sealed class EventUnreadableException(string message, Exception? inner = null) : Exception(message, inner);
