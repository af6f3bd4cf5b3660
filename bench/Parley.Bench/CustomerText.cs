using System.Buffers.Text;
using System.Text;

namespace Parley.Bench;

/// <summary>The texts customers send: a run's tag and a message number, then words up to the wanted size.</summary>
/// <remarks>
/// Letters, digits, dashes and blanks only, so that the same bytes are right in a form (blank as +) and in JSON.
/// </remarks>
internal sealed class CustomerText
{
    /// <summary>The fewest bytes a text may have.</summary>
    public const int Shortest = 24;

    private const int TagLength = 6;
    private const int NumberLength = 9;
    private const string Words = "where is my parcel it should have been here on Monday ";

    private readonly byte[] tag;
    private readonly byte[] words;

    /// <param name="size">Bytes of a whole text.</param>
    public CustomerText(int size)
    {
        tag = Encoding.ASCII.GetBytes($"q{Random.Shared.Next(0x10000):x4}-");
        var filler = new StringBuilder(" ");
        while (filler.Length < size) filler.Append(Words);
        words = Encoding.ASCII.GetBytes(filler.ToString(0, Math.Max(1, size - TagLength - NumberLength)).Replace(' ', '+'));
    }

    /// <summary>The body of a send: what comes before the text, the text of this number, what comes after it.</summary>
    public byte[] Body(ReadOnlySpan<byte> before, int number, ReadOnlySpan<byte> after = default)
    {
        var body = new byte[before.Length + TagLength + NumberLength + words.Length + after.Length];
        before.CopyTo(body);
        tag.CopyTo(body.AsSpan(before.Length));
        Utf8Formatter.TryFormat(number, body.AsSpan(before.Length + TagLength), out _, new('D', NumberLength));
        words.CopyTo(body.AsSpan(before.Length + TagLength + NumberLength));
        after.CopyTo(body.AsSpan(body.Length - after.Length));
        return body;
    }

    /// <summary>The number in a text of this run, or −1.</summary>
    public int NumberIn(ReadOnlySpan<byte> text) =>
        text.StartsWith(tag)
        && Utf8Parser.TryParse(text[TagLength..], out int number, out var used) && used == NumberLength ? number : -1;

    /// <summary>Finds the next text of this run in any bytes, and leaves what is behind its number.</summary>
    public bool TryTake(ref ReadOnlySpan<byte> bytes, out int number)
    {
        number = -1;
        while (number < 0 && bytes.IndexOf(tag) is >= 0 and var at)
        {
            number = NumberIn(bytes[at..]);
            bytes = bytes[(at + TagLength)..];
        }
        return number >= 0;
    }
}
