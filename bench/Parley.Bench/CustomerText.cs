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

    /// <summary>The form body of a send: fixed fields, then the text of this number.</summary>
    public byte[] FormBody(ReadOnlySpan<byte> fields, int number)
    {
        var body = new byte[fields.Length + TagLength + NumberLength + words.Length];
        fields.CopyTo(body);
        tag.CopyTo(body.AsSpan(fields.Length));
        Utf8Formatter.TryFormat(number, body.AsSpan(fields.Length + TagLength), out _, new('D', NumberLength));
        words.CopyTo(body.AsSpan(fields.Length + TagLength + NumberLength));
        return body;
    }

    /// <summary>The number in a text of this run, or −1.</summary>
    public int NumberIn(ReadOnlySpan<byte> text) =>
        text.StartsWith(tag)
        && Utf8Parser.TryParse(text[TagLength..], out int number, out var used) && used == NumberLength ? number : -1;
}
