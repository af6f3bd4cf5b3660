using System.Globalization;

namespace Parley.Server.Rest.Wire;

/// <summary>Section <c>Parley:Wire</c>: where published versions of the API differ and clients with them.</summary>
internal sealed class WireStyle
{
    /// <summary>
    /// How a message's timestamp is written: <c>2024-08-19T06:08:10.000+0000</c>, or with a blank for the T (Quirk 16).
    /// </summary>
    public TimestampStyle TimestampStyle { get; set; }

    /// <summary>Whether messages carry the sender's label.</summary>
    public bool IncludeMessageType { get; set; }

    internal string Timestamp(DateTimeOffset at) => TimestampStyle == TimestampStyle.Iso ? WireTime.Iso(at) : WireTime.Blank(at);
}

/// <summary>The two spellings of a message's timestamp.</summary>
internal enum TimestampStyle
{
    Iso,
    Blank,
}

/// <summary>Times as text, in UTC, with the offset spelled without a colon (Quirk 16).</summary>
internal static class WireTime
{
    public static string Iso(DateTimeOffset at) => Written(at, "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'");

    public static string Blank(DateTimeOffset at) => Written(at, "yyyy-MM-dd HH:mm:ss.fff'+0000'");

    private static string Written(DateTimeOffset at, string format) =>
        at.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
