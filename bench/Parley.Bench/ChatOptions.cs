namespace Parley.Bench;

/// <summary>A user name and its password.</summary>
internal sealed record Login(string UserName, string Password);

/// <summary>What <c>chat</c> plays: which server, who takes part, how fast and for how long.</summary>
internal sealed record ChatOptions
{
    public const string Usage = """
        Parley.Bench chat: plays customers (door B) and agents (CometD) against a server and measures it.

        The server
          --url URL               a running server (default http://127.0.0.1:8090)
          --pid N                 its process, to measure CPU time and memory
          --start [DLL]           start a server of its own instead; default: the Release build of Parley.Server
          --nodes N               with --start: so many nodes on a PostgreSQL server of their own (default: one server on SQLite);
                                  agents and customers are spread over them
          --service NAME          the chat service of the customers (default customer-support)

        The people
          --chats N               open chats (default 1000, at most 20000)
          --agents a:p,b:q        agents by name and password (default: those of the demo)
          --agent-prefix NAME     or generated agents NAME1, NAME2 ... (default with --start: load)
          --agent-count N         how many (default 20, at most 500)
          --password TEXT         their password (default secret)
          --answer-every N        agents answer every Nth message of a customer, 0 = never (default 2)
          --poll-seconds N        customers refresh this often, 0 = never (default 3)
          --transport NAME        of the agents: websocket (default) or long-polling

        The load
          --rate N                open loop: N messages of customers per second, latency from the planned moment
          --in-flight N           closed loop: N sends under way at any time (default, with 64)
          --text-size N           bytes in a message, 24 to 2000 (default 80)
          --warm-up N             seconds before measuring (default 5, at most 600)
          --seconds N             seconds measured (default 20, at most 3600)
        """;

    private const int MostChats = 20_000;
    private const int MostAgents = 500;

    public Uri Url { get; private set; } = new("http://127.0.0.1:8090");
    public int? Pid { get; private set; }
    public bool StartsServer { get; private set; }
    public string? ServerDll { get; private set; }
    public int Nodes { get; private set; }
    public string Service { get; private set; } = "customer-support";
    public int Chats { get; private set; } = 1000;
    public IReadOnlyList<Login> Agents { get; private set; } = [];
    public int AnswerEvery { get; private set; } = 2;
    public int PollSeconds { get; private set; } = 3;
    public bool LongPolling { get; private set; }
    public int? Rate { get; private set; }
    public int InFlight { get; private set; } = 64;
    public int TextSize { get; private set; } = 80;
    public TimeSpan WarmUp { get; private set; } = TimeSpan.FromSeconds(5);
    public TimeSpan Measured { get; private set; } = TimeSpan.FromSeconds(20);

    /// <summary>What a server of the run's own is told.</summary>
    public BenchCenter Center => new(Agents, Service, Chats);

    private string? AgentPrefix { get; set; }
    private int AgentCount { get; set; } = 20;
    private string Password { get; set; } = "secret";

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (ChatOptions? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new ChatOptions();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i++)
        {
            var hasValue = i + 1 < arguments.Length && !arguments[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (hasValue) options.Set(arguments[i], arguments[++i], errors);
            else if (arguments[i] == "--start") options.StartsServer = true;
            else errors.Add($"{arguments[i]} is not an option, or its value is missing.");
        }
        if (options is { Rate: not null, InFlight: not 64 }) errors.Add("Give --rate or --in-flight, not both.");
        if (options is { Nodes: > 0, StartsServer: false }) errors.Add("--nodes needs --start.");
        if (options.InFlight > options.Chats) options.InFlight = options.Chats;
        if (options.Agents.Count == 0) options.Agents = options.DefaultAgents();
        return (errors.Count == 0 ? options : null, errors);
    }

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--url": Url = WholeUrl(value, errors); break;
            case "--pid": Pid = Given.Number(name, value, 1, int.MaxValue, errors); break;
            case "--start": (StartsServer, ServerDll) = (true, value); break;
            case "--nodes": Nodes = Given.Number(name, value, 1, 16, errors); break;
            case "--service": Service = value; break;
            case "--chats": Chats = Given.Number(name, value, 1, MostChats, errors); break;
            case "--agents": Agents = Logins(value, errors); break;
            case "--agent-prefix": AgentPrefix = value; break;
            case "--agent-count": AgentCount = Given.Number(name, value, 1, MostAgents, errors); break;
            case "--password": Password = value; break;
            case "--answer-every": AnswerEvery = Given.Number(name, value, 0, 1000, errors); break;
            case "--poll-seconds": PollSeconds = Given.Number(name, value, 0, 3600, errors); break;
            case "--transport" when value is "websocket" or "long-polling": LongPolling = value == "long-polling"; break;
            case "--rate": Rate = Given.Number(name, value, 1, 100_000, errors); break;
            case "--in-flight": InFlight = Given.Number(name, value, 1, 4096, errors); break;
            case "--text-size": TextSize = Given.Number(name, value, CustomerText.Shortest, 2000, errors); break;
            case "--warm-up": WarmUp = TimeSpan.FromSeconds(Given.Number(name, value, 0, 600, errors)); break;
            case "--seconds": Measured = TimeSpan.FromSeconds(Given.Number(name, value, 1, 3600, errors)); break;
            default: errors.Add($"{name} {value} is not an option."); break;
        }
    }

    private Login[] DefaultAgents() =>
        AgentPrefix is null && !StartsServer
            ? [new("agent1", "secret1"), new("agent2", "secret2"), new("agent3", "secret3")]
            : [.. Enumerable.Range(1, AgentCount).Select(n => new Login($"{AgentPrefix ?? "load"}{n}", Password))];

    private static Uri WholeUrl(string value, List<string> errors)
    {
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && url.IsLoopback) return url;
        errors.Add($"--url {value} is not an http URL on the loopback interface.");
        return new Uri("http://127.0.0.1:8090");
    }

    private static Login[] Logins(string value, List<string> errors)
    {
        var pairs = value.Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length is > 0 and <= MostAgents && pairs.All(pair => pair.IndexOf(':') > 0))
            return [.. pairs.Select(pair => new Login(pair[..pair.IndexOf(':')], pair[(pair.IndexOf(':') + 1)..]))];
        errors.Add($"--agents needs 1 to {MostAgents} pairs name:password, separated by commas.");
        return [];
    }
}
