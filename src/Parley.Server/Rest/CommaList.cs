namespace Parley.Server.Rest;

/// <summary>A query parameter that lists names or values, with commas between.</summary>
internal static class CommaList
{
    /// <summary>How many are looked at; the rest is ignored.</summary>
    private const int Most = 100;

    /// <summary>The entries, without blanks around them and without empty ones.</summary>
    public static IEnumerable<string> Of(string? query) =>
        (query ?? "").Split(',', Most + 1, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(Most);
}
