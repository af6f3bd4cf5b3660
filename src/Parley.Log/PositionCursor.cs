using System.Globalization;

namespace Parley.Log;

/// <summary>The cursor of an engine whose positions are the order of commit: the position of the last event seen.</summary>
public static class PositionCursor
{
    /// <summary>The cursor after the event at this position; 0 is before the first.</summary>
    public static Cursor At(long position) => new(position.ToString(CultureInfo.InvariantCulture));

    /// <summary>The position of the last event before the cursor.</summary>
    /// <exception cref="ArgumentException">The text is not a position.</exception>
    public static long Parse(Cursor cursor)
    {
        if (cursor == Cursor.Beginning) return 0;
        return long.TryParse(cursor.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new ArgumentException($"\"{cursor.Text}\" is not a cursor of this log.", nameof(cursor));
    }
}
