using System.Globalization;
using System.Text;

namespace Parley.Log.History;

/// <summary>
/// A text as the words by which it is found, the same for every engine: nothing in it can be an operator of any.
/// </summary>
/// <remarks>
/// A word is a run of letters, marks and digits, in lower case and with its accents. Scripts that put no blanks between words
/// (Chinese, Japanese, Thai and their like) count each letter as one. Of a longer word the first <see cref="MaxLength"/>
/// characters count.
/// </remarks>
public static class Words
{
    /// <summary>In UTF-16 units.</summary>
    public const int MaxLength = 64;

    public static IEnumerable<string> Of(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var isWord = IsWord(rune);
            if ((!isWord || StandsAlone(rune)) && word.Length > 0) yield return Taken(word);
            if (!isWord) continue;
            if (word.Length + rune.Utf16SequenceLength <= MaxLength) word.Append(Rune.ToLowerInvariant(rune));
            if (StandsAlone(rune)) yield return Taken(word);
        }
        if (word.Length > 0) yield return Taken(word);
    }

    private static string Taken(StringBuilder word)
    {
        var taken = word.ToString();
        word.Clear();
        return taken;
    }

    private static bool IsWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool StandsAlone(Rune rune) => rune.Value switch
    {
        >= 0x0E00 and <= 0x0EFF => true, // Thai, Lao
        >= 0x1000 and <= 0x109F => true, // Burmese
        >= 0x1780 and <= 0x17FF => true, // Khmer
        >= 0x3040 and <= 0x30FF => true, // Hiragana, Katakana
        >= 0x3400 and <= 0x9FFF => true, // Chinese characters
        >= 0xF900 and <= 0xFAFF => true,
        >= 0x20000 and <= 0x3FFFF => true,
        _ => false,
    };
}
