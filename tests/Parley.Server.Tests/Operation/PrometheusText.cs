using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Operation;

/// <summary>A strict reader of Prometheus's text format 0.0.4: whatever the format does not allow fails the test.</summary>
internal sealed partial class PrometheusText
{
    private readonly Dictionary<string, (string Help, string Type)> families = [];
    private readonly Dictionary<string, double> samples = new(StringComparer.Ordinal);
    private readonly HashSet<string> closed = [];
    private string family = "";

    private PrometheusText()
    {
    }

    public IReadOnlyDictionary<string, (string Help, string Type)> Families => families;

    /// <summary>Samples by name and labels as they stand: <c>parley_chats_waiting{queue="Support"}</c>.</summary>
    public IReadOnlyDictionary<string, double> Samples => samples;

    public static PrometheusText Read(string text)
    {
        Assert.EndsWith("\n", text);
        Assert.DoesNotContain("\r", text);
        var read = new PrometheusText();
        foreach (var line in text[..^1].Split('\n')) read.Take(line);
        read.CheckHistograms();
        return read;
    }

    /// <summary>The sum over all series of a name whose labels have these words.</summary>
    public double Sum(string name, params string[] words) => samples
        .Where(s => (s.Key == name || s.Key.StartsWith(name + "{", StringComparison.Ordinal))
            && words.All(w => s.Key.Contains(w, StringComparison.Ordinal)))
        .Sum(s => s.Value);

    private void Take(string line)
    {
        if (Help().Match(line) is { Success: true } help)
        {
            Begin(help.Groups[1].Value);
            families[family] = (help.Groups[2].Value, "");
        }
        else if (TypeOf().Match(line) is { Success: true } type)
        {
            Assert.Equal(family, type.Groups[1].Value);
            Assert.Equal("", families[family].Type);
            families[family] = (families[family].Help, type.Groups[2].Value);
        }
        else
        {
            TakeSample(line);
        }
    }

    /// <summary>All lines of one metric stand together.</summary>
    private void Begin(string name)
    {
        Assert.True(closed.Add(name), $"{name} comes twice.");
        family = name;
    }

    private void TakeSample(string line)
    {
        var sample = SampleLine().Match(line);
        Assert.True(sample.Success, $"Not a sample: {line}");
        var (name, labels) = (sample.Groups["name"].Value, sample.Groups["labels"].Value);
        var type = families[family].Type;
        string[] suffixes = type == "histogram" ? ["_bucket", "_sum", "_count"] : [""];
        Assert.Contains(name, suffixes.Select(s => family + s));
        if (type == "counter") Assert.EndsWith("_total", name);
        var names = Label().Matches(labels).Select(l => l.Groups[1].Value).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(name.EndsWith("_bucket", StringComparison.Ordinal), names.Contains("le"));
        var value = sample.Groups["value"].Value;
        var number = value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        if (type is "counter" or "histogram") Assert.True(number >= 0, line);
        Assert.True(samples.TryAdd(labels.Length == 0 ? name : $"{name}{{{labels}}}", number), $"Twice: {line}");
    }

    /// <summary>Buckets ascend, grow, and end with all.</summary>
    private void CheckHistograms()
    {
        foreach (var name in families.Where(f => f.Value.Type == "histogram").Select(f => f.Key))
        {
            var series = samples.Where(s => s.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal))
                .GroupBy(s => Bound().Replace(s.Key[(name.Length + "_bucket".Length)..], ""));
            foreach (var one in series)
            {
                var bounds = one.Select(s => Bound().Match(s.Key).Groups[1].Value).ToList();
                Assert.Equal("+Inf", bounds[^1]);
                var numbers = bounds[..^1].Select(b => double.Parse(b, CultureInfo.InvariantCulture)).ToList();
                Assert.Equal(numbers.Order(), numbers);
                Assert.Equal(one.Select(s => s.Value).Order(), one.Select(s => s.Value));
                var rest = one.Key == "{}" ? "" : one.Key;
                Assert.Equal(one.Last().Value, samples[$"{name}_count{rest}"]);
                Assert.True(samples.ContainsKey($"{name}_sum{rest}"));
            }
        }
    }

    [GeneratedRegex("""^# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\]|\\\\|\\n)*)$""")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)$")]
    private static partial Regex TypeOf();

    [GeneratedRegex(
        """
        ^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)
        (?:\{(?<labels>
          [a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*"
          (?:,[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*")*
        )\})?
        [ ](?<value>[-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf)|NaN)$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SampleLine();

    [GeneratedRegex("""([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\]|\\.)*"(?:,|$)""")]
    private static partial Regex Label();

    [GeneratedRegex(""",?le="([^"]*)" *""")]
    private static partial Regex Bound();
}
