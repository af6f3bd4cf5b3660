using System.Globalization;

namespace Parley.Bench.Push;

/// <summary>What <c>push</c> plays: which servers, how many sessions, which scenarios, for how long.</summary>
internal sealed record PushOptions
{
    public const string Usage = """
        Parley.Bench push: compares Parley.Bayeux with other Bayeux servers and with a bare WebSocket broadcast.

          --servers a,b           of kestrel, bayeux, faye, cometd (default all)
          --transports a,b        of websocket, long-polling (default both)
          --sessions N,N          default 200,1000,5000; even numbers
          --scenarios a,b         of idle, fan-out, latency, pairs, handshakes (default all; pairs with 1000 sessions only)
          --rates N,N             messages per second of the scenario latency (default 200,1000)
          --text-size N           bytes in a message, 30 to 1000 (default 100)
          --window N              events of the fan-out under way (default 16)
          --attempts N            how often a figure is taken again while other programs use the machine (default 3)
          --quick                 shorter periods, for tuning
        """;

    private static readonly string[] Scenarios = ["idle", "fan-out", "latency", "pairs", "handshakes"];

    public IReadOnlyList<string> Servers { get; private set; } =
        [.. Contestant.All.Select(contestant => contestant.Server).Distinct()];
    public IReadOnlyList<string> Transports { get; private set; } = [Contestant.WebSocket, Contestant.LongPolling];
    public IReadOnlyList<string> Played { get; private set; } = Scenarios;
    public IReadOnlyList<int> Sessions { get; private set; } = [200, 1000, 5000];
    public IReadOnlyList<int> Rates { get; private set; } = [200, 1000];
    public int TextSize { get; private set; } = 100;
    public int Window { get; private set; } = 16;
    public int Attempts { get; private set; } = 3;
    public Periods Periods { get; private set; } = Periods.Full;

    /// <summary>How many open files the generator and each server need: two for each session that polls.</summary>
    public int NeededFiles => (2 * Sessions.Max()) + 500;

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (PushOptions? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new PushOptions();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--quick") options.Periods = Periods.Quick;
            else if (i + 1 < arguments.Length) options.Set(arguments[i], arguments[++i], errors);
            else errors.Add($"{arguments[i]} is not an option, or its value is missing.");
        }
        return (errors.Count == 0 ? options : null, errors);
    }

    public bool Plays(Contestant contestant) =>
        Servers.Contains(contestant.Server) && Transports.Contains(contestant.Transport);

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--servers": Servers = Some(name, value, Servers, errors); break;
            case "--transports": Transports = Some(name, value, Transports, errors); break;
            case "--scenarios": Played = Some(name, value, Scenarios, errors); break;
            case "--sessions": Sessions = Numbers(name, value, 2, 10_000, errors); break;
            case "--rates": Rates = Numbers(name, value, 1, 100_000, errors); break;
            case "--text-size": TextSize = Numbers(name, value, Stamp.Length, 1000, errors)[0]; break;
            case "--window": Window = Numbers(name, value, 1, 100, errors)[0]; break;
            case "--attempts": Attempts = Numbers(name, value, 1, 100, errors)[0]; break;
            default: errors.Add($"{name} {value} is not an option."); break;
        }
        if (name == "--sessions" && Sessions.Any(int.IsOddInteger)) errors.Add("--sessions: they come in pairs.");
    }

    private static string[] Some(string name, string value, IReadOnlyList<string> known, List<string> errors)
    {
        var chosen = value.Split(',');
        foreach (var unknown in chosen.Except(known)) errors.Add($"{name}: '{unknown}' is none of {string.Join(", ", known)}.");
        return chosen;
    }

    private static int[] Numbers(string name, string value, int least, int most, List<string> errors)
    {
        var numbers = new List<int>();
        foreach (var text in value.Split(','))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most) numbers.Add(number);
            else errors.Add($"{name} {text} is not a number from {least} to {most}.");
        }
        return numbers.Count > 0 ? [.. numbers] : [least];
    }
}

/// <summary>How long things take.</summary>
/// <param name="Settle">Between the last session and the measuring of memory.</param>
/// <param name="Idle">Processor time of idle sessions.</param>
/// <param name="WarmUp">Before each measured period.</param>
/// <param name="Measured">Fan-out and fixed rates.</param>
/// <param name="Trial">One rate of the search.</param>
/// <param name="Handshakes">How many handshakes are timed at least.</param>
internal sealed record Periods(
    TimeSpan Settle, TimeSpan Idle, TimeSpan WarmUp, TimeSpan Measured, TimeSpan Trial, int Handshakes)
{
    public static readonly Periods Full = new(Seconds(3), Seconds(4), Seconds(1.5), Seconds(3), Seconds(2), 5000);
    public static readonly Periods Quick = new(Seconds(1), Seconds(1), Seconds(0.5), Seconds(1), Seconds(1), 1000);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
