using System.Globalization;

namespace Parley.Bench.Push;

/// <summary>The figures of all servers side by side, one table for each number of sessions, and the targets.</summary>
internal static class Comparison
{
    private const string Nothing = "";

    public static void Print(PushOptions options, IReadOnlyList<Figures> run)
    {
        Line(Machine.Name);
        Line($"{options.TextSize} bytes a message, {options.Window} events of the fan-out under way");
        foreach (var sessions in run.GroupBy(figures => figures.Sessions)) PrintTable(sessions.Key, [.. sessions], options);

        Line("");
        foreach (var target in Target.Of(run).Where(target => target.IsMet is not null)) Line(target.ToString());
    }

    private static void PrintTable(int sessions, Figures[] columns, PushOptions options)
    {
        Line("");
        Row($"{sessions} sessions", figures => figures.Contestant.ToString());
        Row("handshakes/s", figures => Number(figures.HandshakesPerSecond, "0"));
        Row("fan-out, deliveries/s", figures => Number(figures.FanOut?.PerSecond, "0"));
        Row("  of kestrel, of cometd", figures => Ratio(figures, columns, other => other.FanOut?.PerSecond));
        Row("  server CPU, µs each", figures => Number(figures.FanOut?.ServerMicros, "0.00"));
        Row("  server, cores", figures => Number(figures.FanOut?.ServerCores, "0.00"));
        Row("  generator, cores", figures => Number(figures.FanOut?.OwnCores, "0.00"));
        foreach (var rate in options.Rates) Row($"{rate}/s, p50 / p99 ms", figures => Spread(figures, rate));
        Row("pairs, messages/s", figures => Number(figures.Pairs?.PerSecond, "0"));
        Row("  of kestrel, of cometd", figures => Ratio(figures, columns, other => other.Pairs?.PerSecond));
        Row("  server CPU, µs each", figures => Number(figures.Pairs?.ServerMicros, "0.00"));
        Row("idle, KiB each", figures => Number(figures.BytesPerSession / 1024, "0.0"));
        Row("idle, cores", figures => Number(figures.IdleCores, "0.000"));

        Row("figures disturbed", figures => figures.Disturbed == 0 ? Nothing : Number(figures.Disturbed, "0"));

        void Row(string name, Func<Figures, string> cell)
        {
            var cells = columns.Select(cell).ToArray();
            if (Array.Exists(cells, text => text.Length > 0))
                Line($"{name,-26}" + string.Concat(cells.Select(text => $"{text,15}")));
        }
    }

    private static string Ratio(Figures figures, Figures[] columns, Func<Figures, double?> value)
    {
        var transport = figures.Contestant.Transport;
        var measure = transport == Contestant.WebSocket ? Contestant.Ceiling : Contestant.CometD;
        var other = columns.FirstOrDefault(
            column => column.Contestant.Server == measure && column.Contestant.Transport == transport);
        return other is null ? Nothing : Number(value(figures) / value(other), "0.00");
    }

    private static string Spread(Figures figures, int rate)
    {
        if (!figures.AtRate.TryGetValue(rate, out var latencies)) return Nothing;
        if (latencies is null) return "too slow";
        var (middle, high) = (latencies.Percentile(0.5).TotalMilliseconds, latencies.Percentile(0.99).TotalMilliseconds);
        return string.Create(CultureInfo.InvariantCulture, $"{middle:0.00} / {high:0.00}");
    }

    private static string Number(double? value, string format) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? Nothing;

    private static void Line(string text) => Console.WriteLine(text.TrimEnd());
}
