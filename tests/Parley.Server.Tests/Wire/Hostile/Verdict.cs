namespace Parley.Server.Tests.Wire.Hostile;

/// <summary>What is to become of a text in a parameter.</summary>
/// <param name="IsTaken">Whether the request is done; else nothing may have changed.</param>
/// <param name="Customer">What the customer must be shown then, anywhere in what is new; null for nothing.</param>
/// <param name="Agent">The same for the agent.</param>
internal sealed record Verdict(bool IsTaken, string? Customer = null, string? Agent = null)
{
    public static readonly Verdict Refused = new(false);

    public static readonly Verdict Taken = new(true);

    public static Verdict Shown(string text) => new(true, text, text);

    public static Verdict ShownToAgents(string text) => new(true, null, text);

    /// <summary>A text that may not be empty nor longer than this.</summary>
    public static Func<string, Verdict> Text(int limit) =>
        text => text.Length is 0 || text.Length > limit ? Refused : Shown(text);

    /// <summary>A text that may be missing but not longer than this.</summary>
    public static Func<string, Verdict> Optional(int limit, Func<string, Verdict> shown) =>
        text => text.Length == 0 ? Taken : text.Length > limit ? Refused : shown(text);

    /// <summary>What stands in the input box: cut where it is too long.</summary>
    public static Verdict Preview(string text) => text.Length == 0 ? Taken : ShownToAgents(text[..Math.Min(text.Length, 4_096)]);

    /// <summary>A whole number from here on.</summary>
    public static Func<string, Verdict> Number(int least, bool isRequired = false) => text =>
        text.Length == 0 ? isRequired ? Refused : Taken : int.TryParse(text, out var number) && number >= least ? Taken : Refused;

    /// <summary>A name as it is kept: no control characters, nothing that turns the text around it.</summary>
    public static string Name(string text)
    {
        var kept = string.Concat(text.Where(c => !char.IsControl(c) && "\u2028\u2029\u202E\u2066\u2069".IndexOf(c) < 0)).Trim();
        return kept is "\u200B" ? "" : kept;
    }

    public static bool IsReserved(string name) => name is "system" or "_GCTI_GSS";
}
