using System.Collections.Frozen;
using System.Globalization;

namespace Parley.Server.Operation.Metrics;

/// <summary>How instruments and tags are called in Prometheus: by the rules that OpenTelemetry gives for it.</summary>
internal static class Naming
{
    private static readonly FrozenDictionary<string, string> Units = new Dictionary<string, string>
    {
        ["s"] = "_seconds", ["ms"] = "_milliseconds", ["By"] = "_bytes", ["%"] = "_percent",
    }.ToFrozenDictionary();

    /// <summary>Labels that would only multiply series.</summary>
    private static readonly FrozenSet<string> Dropped =
        FrozenSet.ToFrozenSet(["url.scheme", "network.protocol.name", "network.protocol.version"]);

    /// <summary>
    /// <c>parley.append.duration</c> in <c>s</c> is <c>parley_append_duration_seconds</c>; a counter ends with <c>_total</c>.
    /// </summary>
    public static string Of(Recording recording)
    {
        var name = Plain(recording.Instrument.Name);
        var unit = Units.GetValueOrDefault(recording.Instrument.Unit ?? "", "");
        if (!name.EndsWith(unit, StringComparison.Ordinal)) name += unit;
        return recording.IsMonotonic && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    public static string TypeOf(Recording recording) =>
        recording.IsDistribution ? "histogram" : recording.IsMonotonic ? "counter" : "gauge";

    /// <summary>The tags as labels, in the order of their names.</summary>
    public static KeyValuePair<string, string>[] LabelsOf(TagSet tags) =>
    [
        .. tags.Tags.Where(t => t.Value is not null && !Dropped.Contains(t.Key))
            .Select(t => KeyValuePair.Create(Plain(t.Key), Convert.ToString(t.Value, CultureInfo.InvariantCulture) ?? ""))
            .OrderBy(l => l.Key, StringComparer.Ordinal),
    ];

    private static string Plain(string name) =>
        string.Create(name.Length, name, static (plain, name) =>
        {
            for (var i = 0; i < name.Length; i++)
                plain[i] = char.IsAsciiLetter(name[i]) || (i > 0 && char.IsAsciiDigit(name[i])) ? name[i] : '_';
        });
}
