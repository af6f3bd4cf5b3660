using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Parley.Server.Notifications;

/// <summary>A message as it is pushed.</summary>
internal static class NoticeJson
{
    // most scripts take a third of the room when their letters are written as they are
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Bytes<T>(T message, JsonTypeInfo<T> shape)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        using var writer = new Utf8JsonWriter(bytes, Plain);
        JsonSerializer.Serialize(writer, message, shape);
        return bytes.WrittenMemory;
    }
}
