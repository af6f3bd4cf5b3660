namespace Parley.Simulator.Options;

/// <summary>What is simulated, where, and for how long; times are those of the people, before <see cref="Speed"/>.</summary>
internal sealed record SimulatorOptions
{
    public Uri Url { get; init; } = new("http://127.0.0.1:8090");

    /// <summary>The customers' chat service, for the doors that name one.</summary>
    public string Service { get; init; } = "customer-support";

    /// <summary>How many agents work.</summary>
    public int Agents { get; init; } = 3;

    /// <summary>The agents there are.</summary>
    public Logins Logins { get; init; } = Logins.Demo;

    /// <summary>How many customers come in a minute, on average.</summary>
    public double CustomersPerMinute { get; init; } = 1;

    public DoorShares Doors { get; init; } = DoorShares.Even;

    /// <summary>Words of five letters that somebody types in a minute, on average.</summary>
    public double TypingWpm { get; init; } = 40;

    /// <summary>How long anybody thinks before typing, on average.</summary>
    public TimeSpan Thinking { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long a customer waits for an agent, on average.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many messages a customer has, on average; each is answered.</summary>
    public double Messages { get; init; } = 5;

    /// <summary>The share of clients that lose their connection now and then; 0 to 1.</summary>
    public double Reconnects { get; init; } = 0.1;

    /// <summary>How long customers come.</summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What all chances come from.</summary>
    public int Seed { get; init; } = Random.Shared.Next(1, 1 << 24);

    /// <summary>How many times as fast as people everything happens.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (SimulatorOptions? Options, IReadOnlyList<string> Errors) Parse(IReadOnlyList<string> words)
    {
        var (options, errors, given) = (new SimulatorOptions(), new List<string>(), new HashSet<string>());
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = words[i].Split('=', 2) is [var before, var after] ? (before, after) : (words[i], null);
            if (!OptionTable.ByName.TryGetValue(name, out var option))
                errors.Add($"{name}: is not an option of simulate. --help lists them.");
            else if (!given.Add(name))
                errors.Add($"{name}: is given twice.");
            else if ((value ?? (i + 1 < words.Count ? words[++i] : null)) is not { Length: > 0 } text)
                errors.Add($"{name}: a value must follow.");
            else if (option.Set(options, text) is { } changed) options = changed;
            else errors.Add($"{name} {text}: must be {option.Bounds}.");
        }
        if (errors.Count == 0 && options.Logins.Refusal(options.Agents) is { } refusal) errors.Add(refusal);
        return (errors.Count == 0 ? options : null, errors);
    }
}
