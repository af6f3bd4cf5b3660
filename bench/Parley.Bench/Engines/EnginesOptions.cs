namespace Parley.Bench.Engines;

/// <summary>What <c>engines</c> plays on each of them.</summary>
internal sealed record EnginesOptions
{
    public const string Usage = """
        Parley.Bench engines: the same chats on SQLite, on PostgreSQL with one node and with two, and a bare server's HTTP,
        in one run.

          --start DLL             the server's program (default: the Release build of Parley.Server)
          --chats N               open chats (default 1000, at most 20000)
          --in-flight N           sends under way at any time (default 128)
          --rate N                messages of customers per second when two nodes have time to breathe (default 333); agents
                                  answer half of them
          --warm-up N             seconds before measuring (default 45, at most 600)
          --seconds N             seconds measured (default 20, at most 3600)
        """;

    public string? ServerDll { get; private set; }
    public int Chats { get; private set; } = 1000;
    public int InFlight { get; private set; } = 128;
    public int Rate { get; private set; } = 333;
    public int WarmUp { get; private set; } = 45;
    public int Seconds { get; private set; } = 20;

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (EnginesOptions? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new EnginesOptions();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (i + 1 < arguments.Length) options.Set(arguments[i], arguments[++i], errors);
            else errors.Add($"{arguments[i]} is not an option, or its value is missing.");
        }
        return (errors.Count == 0 ? options : null, errors);
    }

    /// <summary>The same chats as <c>chat</c> would play them.</summary>
    /// <param name="nodes">How many on PostgreSQL; 0 for SQLite.</param>
    /// <param name="isPaced">At <see cref="Rate"/>, rather than as fast as the server answers.</param>
    public ChatOptions Chat(int nodes, bool isPaced)
    {
        string[] arguments =
        [
            "--start", .. ServerDll is null ? [] : (string[])[ServerDll], .. nodes == 0 ? [] : (string[])["--nodes", $"{nodes}"],
            "--chats", $"{Chats}", .. isPaced ? (string[])["--rate", $"{Rate}"] : ["--in-flight", $"{InFlight}"],
            "--warm-up", $"{WarmUp}", "--seconds", $"{Seconds}",
        ];
        var (chat, errors) = ChatOptions.Parse(arguments);
        return chat ?? throw new InvalidOperationException(string.Join(' ', errors));
    }

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--start": ServerDll = value; break;
            case "--chats": Chats = Given.Number(name, value, 1, 20_000, errors); break;
            case "--in-flight": InFlight = Given.Number(name, value, 1, 4096, errors); break;
            case "--rate": Rate = Given.Number(name, value, 1, 100_000, errors); break;
            case "--warm-up": WarmUp = Given.Number(name, value, 0, 600, errors); break;
            case "--seconds": Seconds = Given.Number(name, value, 1, 3600, errors); break;
            default: errors.Add($"{name} is not an option."); break;
        }
    }
}
