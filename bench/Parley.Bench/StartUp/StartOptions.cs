namespace Parley.Bench.StartUp;

/// <summary>What <c>startup</c> measures: on which histories, how often, of which server.</summary>
internal sealed record StartOptions
{
    public const string Usage = """
        Parley.Bench startup: how long a server takes to be ready, and its memory then, on logs with ever more closed chats.

          --closed N,N            closed chats in the log (default 10000,100000,1000000)
          --open N                chats that are open, and wait (default 2000)
          --starts N              how often each is started (default 3)
          --server DLL            the server's program (default: this repository's Release build)
        """;

    public IReadOnlyList<int> Closed { get; private set; } = [10_000, 100_000, 1_000_000];
    public int Open { get; private set; } = 2_000;
    public int Starts { get; private set; } = 3;
    public string? Server { get; private set; }

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (StartOptions? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new StartOptions();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i + 1 < arguments.Length) options.Set(arguments[i], arguments[++i], errors);
            else errors.Add($"{arguments[i]} is not an option, or its value is missing.");
        }
        return (errors.Count == 0 ? options : null, errors);
    }

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--closed":
                Closed = [.. value.Split(',').Select(one => Given.Number(name, one, 1, 10_000_000, errors))];
                break;
            case "--open": Open = Given.Number(name, value, 1, 100_000, errors); break;
            case "--starts": Starts = Given.Number(name, value, 1, 100, errors); break;
            case "--server": Server = value; break;
            default: errors.Add($"{name} is not an option."); break;
        }
    }
}
