namespace Parley.Bench.Customers;

/// <summary>What <c>customers</c> plays: how many customers wait at which door, and what is said meanwhile.</summary>
internal sealed record CustomersOptions
{
    public const string Usage = """
        Parley.Bench customers: thousands of customers who mostly wait, polling (door B) and on CometD (door C).

          --start DLL             the server's program (default: the Release build of Parley.Server)
          --pollers N             customers who poll (default 2000, at most 20000)
          --poll-every N          seconds from one poll of a customer to the next (default 3, at most 60)
          --pushed N              customers on CometD, by WebSocket (default 2000, at most 20000)
          --say N                 messages per second by customers of both kinds together (default 100)
          --answer-every N        agents answer every Nth message of a customer, 0 = never (default 1)
          --agents N              agents who have accepted all these chats (default 20, at most 500)
          --text-size N           bytes in a message, 24 to 2000 (default 80)
          --warm-up N             seconds before each measured period (default 6, at most 600)
          --seconds N             seconds of each measured period (default 20, at most 3600)
        """;

    private const int MostCustomers = 20_000;
    private const int MostAgents = 500;

    public string? ServerDll { get; private set; }
    public int Pollers { get; private set; } = 2000;
    public TimeSpan PollEvery { get; private set; } = TimeSpan.FromSeconds(3);
    public int Pushed { get; private set; } = 2000;
    public int Say { get; private set; } = 100;
    public int AnswerEvery { get; private set; } = 1;
    public int AgentCount { get; private set; } = 20;
    public int TextSize { get; private set; } = 80;
    public TimeSpan WarmUp { get; private set; } = TimeSpan.FromSeconds(6);
    public TimeSpan Measured { get; private set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many open files the generator and each server need.</summary>
    public int NeededFiles => Pollers + Pushed + 1000;

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (CustomersOptions? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new CustomersOptions();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 < arguments.Length) options.Set(arguments[i], arguments[i + 1], errors);
            else errors.Add($"{arguments[i]} is not an option, or its value is missing.");
        }
        if (options.Pollers + options.Pushed == 0) errors.Add("--pollers or --pushed: somebody must be there.");
        return (errors.Count == 0 ? options : null, errors);
    }

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--start": ServerDll = value; break;
            case "--pollers": Pollers = Given.Number(name, value, 0, MostCustomers, errors); break;
            case "--poll-every": PollEvery = TimeSpan.FromSeconds(Given.Number(name, value, 1, 60, errors)); break;
            case "--pushed": Pushed = Given.Number(name, value, 0, MostCustomers, errors); break;
            case "--say": Say = Given.Number(name, value, 0, 10_000, errors); break;
            case "--answer-every": AnswerEvery = Given.Number(name, value, 0, 1000, errors); break;
            case "--agents": AgentCount = Given.Number(name, value, 1, MostAgents, errors); break;
            case "--text-size": TextSize = Given.Number(name, value, CustomerText.Shortest, 2000, errors); break;
            case "--warm-up": WarmUp = TimeSpan.FromSeconds(Given.Number(name, value, 0, 600, errors)); break;
            case "--seconds": Measured = TimeSpan.FromSeconds(Given.Number(name, value, 1, 3600, errors)); break;
            default: errors.Add($"{name} {value} is not an option."); break;
        }
    }
}
