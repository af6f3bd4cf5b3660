using System.Text.Json;
using System.Text.Unicode;

namespace Parley.Bayeux;

/// <summary>Reads payloads: a JSON array of messages, or one message alone.</summary>
internal static class BayeuxReader
{
    // Clients count their messages; a connect that waits keeps its id.
    private const int MaxIdLength = 64;

    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 64 };

    /// <summary>
    /// Reads a whole payload, or the next part of one, into <paramref name="messages"/>; what was read before a fault is
    /// worthless.
    /// </summary>
    public static PayloadFault Read(ReadOnlyMemory<byte> payload, int maxMessages, List<BayeuxMessage> messages)
    {
        if (!Utf8.IsValid(payload.Span)) return PayloadFault.Malformed;
        try
        {
            var fault = ReadPayload(payload, maxMessages, messages);
            if (fault is not PayloadFault.None) return fault;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return PayloadFault.Malformed; // InvalidOperationException: half of a surrogate pair in an escaped text
        }

        if (messages.Count == 0) return PayloadFault.Empty;
        return messages.Count > 1 && messages.Exists(m => m.Channel == BayeuxMessage.Handshake)
            ? PayloadFault.HandshakeWithCompany
            : PayloadFault.None;
    }

    private static PayloadFault ReadPayload(ReadOnlyMemory<byte> payload, int maxMessages, List<BayeuxMessage> messages)
    {
        var reader = new Utf8JsonReader(payload.Span, Strict);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            if (messages.Count == maxMessages) return PayloadFault.TooMany;
            messages.Add(ReadMessage(ref reader, payload));
        }
        else
        {
            if (reader.TokenType is not JsonTokenType.StartArray) return PayloadFault.Malformed;
            while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            {
                if (reader.TokenType is not JsonTokenType.StartObject) return PayloadFault.Malformed;
                if (messages.Count == maxMessages) return PayloadFault.TooMany;
                messages.Add(ReadMessage(ref reader, payload));
            }
        }
        while (reader.Read())
        {
            // only white space may follow; anything else throws
        }
        return PayloadFault.None;
    }

    private static BayeuxMessage ReadMessage(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload)
    {
        var message = new BayeuxMessage();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("channel"u8)) ReadChannel(ref reader, payload, message);
            else if (reader.ValueTextEquals("clientId"u8)) message.ClientId = ReadText(ref reader);
            else if (reader.ValueTextEquals("id"u8)) ReadId(ref reader, message);
            else if (reader.ValueTextEquals("data"u8)) message.Data = ReadRaw(ref reader, payload);
            else if (reader.ValueTextEquals("advice"u8)) message.Advice = ReadAdvice(ref reader);
            else if (reader.ValueTextEquals("subscription"u8)) message.Subscription = ReadRaw(ref reader, payload);
            else if (reader.ValueTextEquals("supportedConnectionTypes"u8)) message.ConnectionTypes = ReadTexts(ref reader);
            else if (reader.ValueTextEquals("ext"u8)) message.Ext = ReadExt(ref reader, payload);
            else ReadRaw(ref reader, payload);
        }
        return message;
    }

    private static void ReadChannel(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload, BayeuxMessage message)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        message.HasChannel = reader.TokenType is not JsonTokenType.Null;
        message.Channel = reader.TokenType is JsonTokenType.String ? WellKnown(ref reader) ?? reader.GetString() : null;
        reader.Skip();
        message.ChannelJson = message.Channel is null ? default : payload[start..(int)reader.BytesConsumed];
    }

    private static string? WellKnown(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("/meta/connect"u8) ? BayeuxMessage.Connect
        : reader.ValueTextEquals("/meta/subscribe"u8) ? BayeuxMessage.Subscribe
        : reader.ValueTextEquals("/meta/handshake"u8) ? BayeuxMessage.Handshake
        : null;

    private static void ReadId(ref Utf8JsonReader reader, BayeuxMessage message)
    {
        reader.Read();
        message.Id = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => string.Concat(reader.ValueSpan.ToArray().Select(b => (char)b)),
            _ => null,
        };
        message.HasLegalId = message.Id is { Length: > 0 } id
            ? id.Length <= MaxIdLength && id.All(char.IsAsciiLetterOrDigit)
            : reader.TokenType is JsonTokenType.Null;
        if (!message.HasLegalId) message.Id = null; // never echoed
        reader.Skip();
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return text;
    }

    private static ReadOnlyMemory<byte> ReadRaw(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return payload[start..(int)reader.BytesConsumed];
    }

    // Extensions look members up by name, so their names must be texts: half of a surrogate pair throws here and not there.
    private static ReadOnlyMemory<byte> ReadExt(ref Utf8JsonReader reader, ReadOnlyMemory<byte> payload)
    {
        var ext = ReadRaw(ref reader, payload);
        var members = new Utf8JsonReader(ext.Span, Strict);
        members.Read();
        if (members.TokenType is not JsonTokenType.StartObject) return ext;
        while (members.Read() && members.TokenType is JsonTokenType.PropertyName)
        {
            if (members.ValueIsEscaped) members.GetString();
            members.Read();
            members.Skip();
        }
        return ext;
    }

    private static List<string>? ReadTexts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var texts = new List<string>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.String) texts.Add(reader.GetString()!);
            reader.Skip();
        }
        return texts;
    }

    private static RequestedAdvice? ReadAdvice(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? timeout = null, interval = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("timeout"u8)) timeout = ReadMilliseconds(ref reader);
            else if (reader.ValueTextEquals("interval"u8)) interval = ReadMilliseconds(ref reader);
            else ReadMilliseconds(ref reader);
        }
        return new RequestedAdvice(timeout, interval);
    }

    private static long? ReadMilliseconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? number = reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var value)
            && value is >= 0 and <= int.MaxValue
            ? (long)value
            : null;
        reader.Skip();
        return number;
    }
}

/// <summary>What is wrong with a payload as a whole.</summary>
internal enum PayloadFault
{
    None,

    /// <summary>Not UTF-8, not JSON, or neither an array of objects nor an object.</summary>
    Malformed,

    /// <summary>An empty array.</summary>
    Empty,

    /// <summary>More messages than allowed.</summary>
    TooMany,

    /// <summary>A handshake must be alone.</summary>
    HandshakeWithCompany,
}
