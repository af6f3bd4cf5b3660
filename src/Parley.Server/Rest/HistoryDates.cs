using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Server.Rest;

/// <summary>
/// The span of time that a question about the history means, from days or moments. Both of its ends belong to it.
/// </summary>
/// <remarks>
/// A day is one of UTC, as all times on the wire are: <c>2026-11-02</c>. A moment is <c>2026-11-02T09:14:05.000+0100</c>, also
/// with a blank for the T, with a colon in the offset, or with a Z; without an offset it is UTC. Source: CHGetInteractions.
/// </remarks>
internal static partial class HistoryDates
{
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    private static readonly string[] Moments =
        ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The first moment of what the text means, and the first after it; null if it means none.</summary>
    public static (DateTimeOffset From, DateTimeOffset Before)? Read(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day.Year is < FirstYear or > LastYear) return null;
            return (StartOf(day), StartOf(day.AddDays(1)));
        }
        var iso = OffsetWithoutColon().Replace(text.Replace(' ', 'T'), "${sign}${hours}:${minutes}");
        var isMoment = DateTimeOffset.TryParseExact(
            iso, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        return isMoment && moment.Year is >= FirstYear and <= LastYear ? (moment, moment.AddMilliseconds(1)) : null;
    }

    /// <summary>The day on which something is, as a text.</summary>
    public static string DayOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    [GeneratedRegex(@"(?<sign>[+-])(?<hours>\d\d)(?<minutes>\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex OffsetWithoutColon();
}
