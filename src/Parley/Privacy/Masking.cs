using System.Text.RegularExpressions;

namespace Parley.Privacy;

/// <summary>What of the texts in a chat nobody is to see or keep, replaced by asterisks before anything is stored.</summary>
/// <param name="Cards">Whether the numbers of payment cards are.</param>
/// <param name="Patterns">What else is; such that a long text cannot keep them busy.</param>
/// <remarks>Masking twice is masking once. Source: "ChatSensDat".</remarks>
public sealed record Masking(bool Cards, IReadOnlyList<Regex> Patterns)
{
    private const char Mask = '*';

    /// <summary>Everything stays as it is.</summary>
    public static readonly Masking None = new(Cards: false, []);

    /// <summary>Whether anything is masked at all.</summary>
    public bool IsNeeded => Cards || Patterns.Count > 0;

    /// <summary>The text as everyone may see it.</summary>
    public string Of(string text, Typed typed = Typed.Done)
    {
        var masked = Cards ? CardNumbers.Hidden(text, Mask, typed) : text;
        foreach (var pattern in Patterns) masked = pattern.Replace(masked, match => new string(Mask, match.Length));
        return masked;
    }

    /// <summary>The value as everyone may see it; a number that is masked becomes a text.</summary>
    public DataValue Of(DataValue value)
    {
        if (value.Kind is not (DataKind.Text or DataKind.Number)) return value;
        var masked = Of(value.Written);
        return masked == value.Written ? value : DataValue.Of(masked);
    }

    /// <summary>A pattern as this class needs it.</summary>
    /// <exception cref="ArgumentException">It is not a regular expression.</exception>
    /// <exception cref="NotSupportedException">It looks around or back, which takes too long on a long text.</exception>
    public static Regex Pattern(string text) => new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
