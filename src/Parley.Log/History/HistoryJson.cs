using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Log.Events;

namespace Parley.Log.History;

/// <summary>Records as engines keep them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true,
    Converters =
    [
        typeof(ChatIdJson), typeof(AgentIdJson), typeof(ContactIdJson), typeof(QueueNameJson), typeof(DataValueJson),
    ])]
[JsonSerializable(typeof(HistoryRecord))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;

/// <summary>A record as the bytes that an engine keeps.</summary>
public static class HistoryJson
{
    public static byte[] Write(HistoryRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes(record, HistoryJsonContext.Default.HistoryRecord);

    /// <exception cref="JsonException">These are not the bytes of a record.</exception>
    public static HistoryRecord Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, HistoryJsonContext.Default.HistoryRecord) ?? throw new JsonException();
}
