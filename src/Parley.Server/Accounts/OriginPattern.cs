namespace Parley.Server.Accounts;

/// <summary>An allowed origin: scheme, host and port, with <c>*</c> for any text inside the host.</summary>
internal sealed class OriginPattern(string pattern)
{
    private static readonly System.Buffers.SearchValues<char> NotInHosts = System.Buffers.SearchValues.Create("/?#@\\ ");

    private readonly (string Scheme, string Host, string Port) parts = Split(pattern) ?? throw new ArgumentException(pattern, nameof(pattern));

    public static bool IsWellFormed(string pattern) => Split(pattern) is not null;

    public bool Matches(string origin) =>
        Split(origin) is var (scheme, host, port)
        && scheme.Equals(parts.Scheme, StringComparison.OrdinalIgnoreCase)
        && port == parts.Port
        && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(parts.Host, host, ignoreCase: true);

    private static (string Scheme, string Host, string Port)? Split(string origin)
    {
        var at = origin.IndexOf("://", StringComparison.Ordinal);
        if (at <= 0) return null;
        var (scheme, authority) = (origin[..at], origin[(at + 3)..]);
        var colon = authority.LastIndexOf(':');
        var hasPort = colon > authority.LastIndexOf(']');
        var host = hasPort ? authority[..colon] : authority;
        var port = hasPort ? authority[(colon + 1)..] : scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? "443" : "80";
        return host.Length == 0 || host.AsSpan().ContainsAny(NotInHosts) || !port.All(char.IsAsciiDigit) || port.Length is 0 or > 5
            ? null
            : (scheme, host, port);
    }
}
