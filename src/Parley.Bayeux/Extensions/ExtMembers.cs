using System.Text.Json;

namespace Parley.Bayeux;

/// <summary>Reads single members of a message's <c>ext</c>.</summary>
internal static class ExtMembers
{
    // what a double holds exactly: JavaScript sends no other whole numbers
    private const long MostExact = 1L << 53;

    /// <summary>The member as raw JSON; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> ext, ReadOnlySpan<byte> name)
    {
        if (ext.IsEmpty) return [];

        var reader = new Utf8JsonReader(ext);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return [];

        ReadOnlySpan<byte> found = [];
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isWanted) found = ext[start..(int)reader.BytesConsumed];
        }
        return found;
    }

    /// <summary>The member as a whole number of at most 53 bits; null if it is none.</summary>
    public static long? FindNumber(ReadOnlySpan<byte> ext, ReadOnlySpan<byte> name)
    {
        var found = Find(ext, name);
        if (found.IsEmpty) return null;

        var reader = new Utf8JsonReader(found);
        reader.Read();
        return reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out var number)
            && number is >= -MostExact and <= MostExact ? number : null;
    }
}
