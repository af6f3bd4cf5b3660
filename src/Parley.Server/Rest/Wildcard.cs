namespace Parley.Server.Rest;

/// <summary>A text to look for without regard to case, in which <c>*</c> stands for anything, also for nothing.</summary>
internal sealed class Wildcard(string pattern)
{
    private readonly string[] parts = pattern.Split('*');

    /// <summary>Whether the whole text fits. What lies between two stars is best taken where it first occurs.</summary>
    public bool Matches(string text)
    {
        if (parts.Length == 1) return text.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        var (first, last) = (parts[0], parts[^1]);
        if (text.Length < first.Length + last.Length
            || !text.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(last, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        foreach (var part in parts.AsSpan(1..^1))
        {
            var at = rest.IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0) return false;
            rest = rest[(at + part.Length)..];
        }
        return true;
    }
}
