using System.Text.Json;

namespace Parley.Bayeux.Meta;

/// <summary>The members of a publish's <c>ext</c> that its event keeps; the others may be anybody's secrets.</summary>
internal static class ForwardedExt
{
    /// <summary>
    /// Writes an object with those members as they were sent, or nothing if it has none of them. Of one sent twice the last
    /// counts.
    /// </summary>
    public static void Write(ReadOnlySpan<byte> ext, IReadOnlyCollection<string> names, PooledBuffer forwarded)
    {
        var reader = new Utf8JsonReader(ext);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return;

        var kept = new List<(string Name, Range Member)>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var wanted = WhichOf(ref reader, names);
            reader.Read();
            reader.Skip();
            if (wanted is null) continue;
            kept.RemoveAll(earlier => earlier.Name == wanted);
            kept.Add((wanted, start..(int)reader.BytesConsumed));
        }
        foreach (var (_, member) in kept)
        {
            forwarded.Write(forwarded.Length == 0 ? "{"u8 : ","u8);
            forwarded.Write(ext[member]);
        }
        if (forwarded.Length > 0) forwarded.Write("}"u8);
    }

    private static string? WhichOf(ref Utf8JsonReader reader, IReadOnlyCollection<string> names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name)) return name;
        }
        return null;
    }
}
