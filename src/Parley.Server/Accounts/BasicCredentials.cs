using System.Text;

namespace Parley.Server.Accounts;

/// <summary>A user name and a password as <c>Authorization: Basic</c> carries them.</summary>
internal sealed record BasicCredentials(string UserName, string Password)
{
    private const string Scheme = "Basic ";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether the header is of this scheme at all.</summary>
    public static bool IsBasic(string? header) => header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads a header value; null unless it is base64 of <c>name:password</c>.</summary>
    public static BasicCredentials? Parse(string header)
    {
        var encoded = header.AsSpan(Scheme.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length)) return null;
        var text = Decode(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>The name alone: a password never gets into a log.</summary>
    public override string ToString() => UserName;

    // clients disagree on the encoding: old .NET ones send ISO-8859-1, which is hardly ever valid UTF-8
    private static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
