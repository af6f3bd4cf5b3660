using System.Globalization;

namespace Parley.Privacy;

/// <summary>Finds the numbers of payment cards in what people write.</summary>
/// <remarks>
/// A number has 13 to 19 digits of any script, may be grouped by blanks, dashes, dots and the like, begins as the numbers of card
/// schemes do, and its last digit agrees with the others (Luhn, ISO/IEC 7812-1). It begins and ends with a group: part of a
/// longer number is none.
/// </remarks>
internal static class CardNumbers
{
    private const int FewestDigits = 13;

    /// <summary>As many digits may be shown of a number that is still being typed: the issuer's part.</summary>
    private const int ShownWhileTyped = 6;

    /// <summary>So many characters may stand between two digits of one number.</summary>
    private const int WidestGap = 3;

    /// <summary>The lengths there are, the commonest first.</summary>
    private static readonly int[] Lengths = [16, 19, 18, 17, 15, 14, FewestDigits];

    /// <summary>The text with each digit of every card number replaced.</summary>
    /// <param name="typed">Whether the text is still being typed: what may yet become a number is hidden as well.</param>
    public static string Hidden(string text, char mask, Typed typed = Typed.Done)
    {
        if (text.Count(char.IsDigit) <= ShownWhileTyped) return text;
        var hidden = Replace(text, mask, Runs(text).SelectMany(run => In(run).SelectMany(n => run.Skip(n.First).Take(n.Count))));
        return typed == Typed.Done
            ? hidden
            : Replace(hidden, mask, Runs(hidden).SelectMany(Begun));
    }

    private static string Replace(string text, char mask, IEnumerable<Digit> digits)
    {
        char[]? replaced = null;
        foreach (var digit in digits) (replaced ??= text.ToCharArray())[digit.At] = mask;
        return replaced is null ? text : new string(replaced);
    }

    /// <summary>Digits that nothing but separators stands between.</summary>
    private static IEnumerable<List<Digit>> Runs(string text)
    {
        var run = new List<Digit>();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsDigit(text[i]))
            {
                var gap = run.Count == 0 ? 0 : i - run[^1].At - 1;
                if (gap > WidestGap)
                {
                    yield return run;
                    run = [];
                }
                run.Add(new Digit(i, CharUnicodeInfo.GetDecimalDigitValue(text[i]), run.Count == 0 || gap > 0));
            }
            else if (run.Count > 0 && !IsSeparator(text[i]))
            {
                yield return run;
                run = [];
            }
        }
        if (run.Count > 0) yield return run;
    }

    /// <summary>Where in a run card numbers stand.</summary>
    private static IEnumerable<(int First, int Count)> In(List<Digit> run)
    {
        for (var first = 0; first + FewestDigits <= run.Count; first++)
        {
            if (!run[first].BeginsGroup || !MayBegin(run, first)) continue;
            var count = Array.Find(Lengths, n => EndsGroup(run, first + n) && AgreesWithItsLast(run, first, n));
            if (count == 0) continue;
            yield return (first, count);
            first += count - 1;
        }
    }

    /// <summary>What of a run may become a card number, but for its first digits.</summary>
    private static IEnumerable<Digit> Begun(List<Digit> run)
    {
        for (var first = 0; first < run.Count; first++)
        {
            if (run[first].BeginsGroup && MayBegin(run, first)) return run.Skip(first + ShownWhileTyped);
        }
        return [];
    }

    private static bool EndsGroup(List<Digit> run, int end) => end == run.Count || (end < run.Count && run[end].BeginsGroup);

    /// <summary>The check of Luhn.</summary>
    private static bool AgreesWithItsLast(List<Digit> run, int first, int count)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            var value = run[first + count - 1 - i].Value * (i % 2 == 0 ? 1 : 2);
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    /// <summary>Travel and entertainment 3, Visa 4, Mastercard 5 and 2221 to 2720, others 6.</summary>
    private static bool MayBegin(List<Digit> run, int first) => run[first].Value switch
    {
        >= 3 and <= 6 => true,
        2 => run.Skip(first).Take(4).Aggregate(0, (n, d) => n * 10 + d.Value) is >= 2221 and <= 2720,
        _ => false,
    };

    private static bool IsSeparator(char c) =>
        c is '-' or '.' or '_' or '/' || char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation or UnicodeCategory.Format;

    /// <param name="At">Where in the text it stands.</param>
    private readonly record struct Digit(int At, int Value, bool BeginsGroup);
}

/// <summary>Whether somebody is still typing a text.</summary>
public enum Typed
{
    Done,
    StillGoingOn,
}
