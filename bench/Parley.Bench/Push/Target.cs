using System.Globalization;

namespace Parley.Bench.Push;

/// <summary>Something Parley.Bayeux has to reach, as a figure of one run or a ratio within it.</summary>
/// <param name="What">In words.</param>
/// <param name="Wanted">The bound.</param>
/// <param name="IsCeiling">True if the figure must stay below the bound, false if it must reach it.</param>
/// <param name="Reached">The figure; null if the run has not played what it needs.</param>
internal sealed record Target(string What, double Wanted, bool IsCeiling, double? Reached)
{
    private const double KiB = 1024;

    /// <summary>Null if it was not played.</summary>
    public bool? IsMet => Reached is { } figure ? IsCeiling ? figure <= Wanted : figure >= Wanted : null;

    /// <summary>All there are, with what a run reached.</summary>
    public static IEnumerable<Target> Of(IReadOnlyList<Figures> run)
    {
        yield return AtLeast("WebSocket fan-out to 1,000, of the bare broadcast", 0.7, Ratio(FanOut, 1000, true));
        yield return AtMost("the same, microseconds of server CPU per delivery", 4, Ours(true, 1000)?.FanOut?.ServerMicros);
        yield return AtLeast("WebSocket fan-out to 5,000, of the bare broadcast", 0.6, Ratio(FanOut, 5000, true));
        yield return AtLeast("long-polling fan-out to 1,000, of cometd-nodejs-server", 1.7, Ratio(FanOut, 1000, false));
        yield return AtLeast("500 pairs over WebSocket, of the bare broadcast", 0.85, Ratio(Pairs, 1000, true));
        yield return AtLeast("500 pairs by long-polling, of cometd-nodejs-server", 4, Ratio(Pairs, 1000, false));
        yield return AtMost("1,000 messages/s over 1,000 WebSockets, p99 ms", 2, P99(Ours(true, 1000)));
        yield return AtMost("1,000 messages/s over 1,000 polls, p99 ms", 3, P99(Ours(false, 1000)));
        yield return AtMost("5,000 idle WebSockets, KiB each", 24, Ours(true, 5000)?.BytesPerSession / KiB);
        yield return AtMost("5,000 held polls, KiB each", 24, Ours(false, 5000)?.BytesPerSession / KiB);
        yield return AtMost("5,000 idle WebSockets, cores", 0.02, Ours(true, 5000)?.IdleCores);
        yield return AtMost("5,000 held polls, cores", 0.02, Ours(false, 5000)?.IdleCores);
        yield return AtLeast("handshakes/s over WebSocket, 5,000 sessions", 5000, Ours(true, 5000)?.HandshakesPerSecond);
        yield return AtLeast("handshakes/s by long-polling, 5,000 sessions", 5000, Ours(false, 5000)?.HandshakesPerSecond);

        Figures? Ours(bool webSocket, int sessions) => Find(Contestant.Ours, webSocket, sessions);

        Figures? Find(string server, bool webSocket, int sessions) => run.FirstOrDefault(figures => figures.Sessions == sessions
            && figures.Contestant.Server == server
            && figures.Contestant.Transport == (webSocket ? Contestant.WebSocket : Contestant.LongPolling));

        double? Ratio(Func<Figures, double?> figure, int sessions, bool webSocket) =>
            Ours(webSocket, sessions) is { } ours
            && Find(webSocket ? Contestant.Ceiling : Contestant.CometD, webSocket, sessions) is { } other
                ? figure(ours) / figure(other) : null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdict,-8}{What,-58}{(IsCeiling ? "at most" : "at least"),9}{Wanted,8:0.##}{"reached",10}{Reached ?? 0,10:0.###}");

    private string Verdict => IsMet switch { true => "met", false => "MISSED", null => "-" };

    private static Target AtLeast(string what, double wanted, double? reached) => new(what, wanted, false, reached);

    private static Target AtMost(string what, double wanted, double? reached) => new(what, wanted, true, reached);

    private static double? FanOut(Figures figures) => figures.FanOut?.PerSecond;

    private static double? Pairs(Figures figures) => figures.Pairs?.PerSecond;

    private static double? P99(Figures? figures) =>
        figures is null || !figures.AtRate.TryGetValue(1000, out var latencies) ? null
            : latencies?.Percentile(0.99).TotalMilliseconds ?? double.PositiveInfinity;
}
