using System.Text.Json;

namespace Parley.Bayeux.Meta;

/// <summary>The members of a publish's <c>ext</c> that its event keeps; the others may be anybody's secrets.</summary>
internal static class ForwardedExt
{
    /// <summary>Writes <c>,"ext":{…}</c> with those members as they were sent, or nothing if it has none of them.</summary>
    public static void Write(ReadOnlySpan<byte> ext, IReadOnlyCollection<string> names, PooledBuffer more)
    {
        var reader = new Utf8JsonReader(ext);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return;

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isWanted = IsAnyOf(ref reader, names);
            reader.Read();
            reader.Skip();
            if (!isWanted) continue;
            more.Write(more.Length == 0 ? ",\"ext\":{"u8 : ","u8);
            more.Write(ext[start..(int)reader.BytesConsumed]);
        }
        if (more.Length > 0) more.Write("}"u8);
    }

    private static bool IsAnyOf(ref Utf8JsonReader reader, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name)) return true;
        }
        return false;
    }
}
