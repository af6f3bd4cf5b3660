namespace Parley.Bench.Push;

/// <summary>
/// What a message says of itself, written into its text in a form that is found in a stream of bytes without parsing the rest:
/// <c>#!p0000000420000123456789012345xxx…</c> with the kind, its number, and when it was due.
/// </summary>
/// <param name="Kind">To whom it goes.</param>
/// <param name="Number">Counted by each sender and kind, from 0.</param>
/// <param name="Due">A <see cref="System.Diagnostics.Stopwatch"/> timestamp.</param>
internal readonly record struct Stamp(Audience Kind, int Number, long Due)
{
    /// <summary>The fewest bytes that hold one.</summary>
    public const int Length = 3 + NumberDigits + DueDigits;

    private const int NumberDigits = 9;
    private const int DueDigits = 18;

    private static ReadOnlySpan<byte> Mark => "#!"u8;

    /// <summary>Fills the whole text.</summary>
    public void Write(Span<byte> text)
    {
        Mark.CopyTo(text);
        text[2] = (byte)Kind;
        WriteDigits(text.Slice(3, NumberDigits), Number);
        WriteDigits(text.Slice(3 + NumberDigits, DueDigits), Due);
        text[Length..].Fill((byte)'x');
    }

    /// <summary>Finds the next stamp, and leaves what is behind it.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> bytes, out Stamp stamp)
    {
        stamp = default;
        var at = bytes.IndexOf(Mark);
        if (at < 0 || bytes.Length - at < Length) return false;

        var number = ReadDigits(bytes.Slice(at + 3, NumberDigits));
        var due = ReadDigits(bytes.Slice(at + 3 + NumberDigits, DueDigits));
        stamp = new Stamp((Audience)bytes[at + 2], (int)number, due);
        bytes = bytes[(at + Length)..];
        return true;
    }

    private static void WriteDigits(Span<byte> digits, long value)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= 10) digits[i] = (byte)('0' + (value % 10));
    }

    private static long ReadDigits(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (var digit in digits) value = (value * 10) + digit - '0';
        return value;
    }
}

/// <summary>To whom a message goes; the letter is the one in its stamp.</summary>
internal enum Audience : byte
{
    Everybody = (byte)'e',
    Partner = (byte)'p',
}
