using System.Globalization;
using System.Text;

namespace Parley.Server.Operation.Metrics;

/// <summary>The text format of Prometheus, version 0.0.4.</summary>
internal static class Exposition
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// <c># HELP parley_chats_open Chats that are not finished.</c>, <c># TYPE parley_chats_open gauge</c>,
    /// <c>parley_chats_open 3</c>.
    /// </summary>
    public static string Of(IEnumerable<Family> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escaped(family.Help, quotes: "\"")).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n');
            foreach (var sample in family.Samples) Write(text, family.Name, sample);
        }
        return text.ToString();
    }

    /// <summary>A number in the notation of the format, also as the bound of a bucket.</summary>
    public static string Number(double value) =>
        double.IsNaN(value) ? "NaN"
        : double.IsInfinity(value) ? (value > 0 ? "+Inf" : "-Inf")
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(StringBuilder text, string name, Sample sample)
    {
        text.Append(name).Append(sample.Suffix);
        if (sample.Labels.Count > 0)
        {
            var before = '{';
            foreach (var (label, value) in sample.Labels)
            {
                text.Append(before).Append(label).Append("=\"").Append(Escaped(value, quotes: "\\\"")).Append('"');
                before = ',';
            }
            text.Append('}');
        }
        text.Append(' ').Append(Number(sample.Value)).Append('\n');
    }

    private static string Escaped(string text, string quotes) =>
        text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)
            .Replace("\"", quotes, StringComparison.Ordinal);
}
