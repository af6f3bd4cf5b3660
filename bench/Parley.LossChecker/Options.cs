using System.Globalization;
using Parley.LossChecker.Clusters;
using Parley.LossChecker.Faults;
using Parley.LossChecker.Players;

namespace Parley.LossChecker;

/// <summary>What a run plays, where, for how long, and what breaks meanwhile.</summary>
internal sealed record Options
{
    public const string Usage = """
        Parley.LossChecker: proves that no acknowledged message is lost, doubled, or out of order, whatever dies.

        run       starts a cluster on loopback, plays customers and agents, and breaks the cluster meanwhile; then judges
        conduct   plays against a service that runs already, and judges
        check     judges a journal that was kept before (--journal)

          --journal FILE          where everything is noted (default ./loss-checker.jsonl)
          --seed N                repeats the chances of an earlier run (default: new ones, printed)

        What is played (run, conduct)
          --customers N           customers at any time, spread over all doors (default 40)
          --pause-ms N            mean time between two messages of a customer (default 500)
          --texts N               mean number of a customer's messages in a chat (default 40)
          --messages N            ends when so many are acknowledged (default 2000), and
          --seconds N             when so many seconds are over (default 0)

        The cluster (run)
          --nodes N               Parley nodes, 1 to 3 (default 2)
          --engine NAME           postgres (default), or sqlite with one node
          --agents N              agents (default 8)
          --server DLL            default: the Release build of Parley.Server
          --faults N              ends when so many faults are over and each kind came, too; 0 for none (default 12)
          --only WORDS            breaks only what has these words in its name, such as "node killed" (default: everything)
          --fault-ms N            the longest of most faults (default 6000)
          --long-fault-ms N       the longest of a few (default 40000)
          --fault-pause-ms N      the longest pause between two faults of a kind (default 4000)

        The service (conduct)
          --url URL               default http://127.0.0.1:8090
          --service NAME          the customers' chat service (default customer-support)
          --logins a:p,b:q        agents by name and password (default: those of the demo)
        """;

    public string Journal { get; private set; } = "loss-checker.jsonl";
    public int Seed { get; private set; } = Random.Shared.Next(1, 1 << 24);
    public int Customers { get; private set; } = 40;
    public int PauseMs { get; private set; } = 500;
    public int Texts { get; private set; } = 40;
    public int Messages { get; private set; } = 2000;
    public int Seconds { get; private set; }
    public int Nodes { get; private set; } = 2;
    public Engine Engine { get; private set; } = Engine.Postgres;
    public int Agents { get; private set; } = 8;
    public string? Server { get; private set; }
    public int Faults { get; private set; } = 12;
    public string Only { get; private set; } = "";
    public int FaultMs { get; private set; } = 6000;
    public int LongFaultMs { get; private set; } = 40_000;
    public int FaultPauseMs { get; private set; } = 4000;
    public Uri Url { get; private set; } = new("http://127.0.0.1:8090");
    public string Service { get; private set; } = Cluster.ChatService;
    public IReadOnlyList<(string Name, string Password)> Logins { get; private set; } =
        [("agent1", "secret1"), ("agent2", "secret2"), ("agent3", "secret3")];

    public PlayOptions Play => new(Seed, Customers, PauseMs, Texts);

    public ScheduleOptions Schedule => new(Seed, FaultMs, Math.Max(LongFaultMs, FaultMs), FaultPauseMs);

    /// <summary>The options of a command line, or everything that is wrong with it.</summary>
    public static (Options? Options, IReadOnlyList<string> Errors) Parse(ReadOnlySpan<string> arguments)
    {
        var options = new Options();
        var errors = new List<string>();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 < arguments.Length) options.Set(arguments[i], arguments[i + 1], errors);
            else errors.Add($"{arguments[i]} needs a value.");
        }
        if (options is { Engine: Engine.Sqlite, Nodes: > 1 }) options.Nodes = 1;
        return (errors.Count == 0 ? options : null, errors);
    }

    private void Set(string name, string value, List<string> errors)
    {
        switch (name)
        {
            case "--journal": Journal = value; break;
            case "--seed": Seed = Number(name, value, 1, int.MaxValue, errors); break;
            case "--customers": Customers = Number(name, value, 1, 2000, errors); break;
            case "--pause-ms": PauseMs = Number(name, value, 1, 600_000, errors); break;
            case "--texts": Texts = Number(name, value, 2, 10_000, errors); break;
            case "--messages": Messages = Number(name, value, 0, int.MaxValue, errors); break;
            case "--seconds": Seconds = Number(name, value, 0, 1_000_000, errors); break;
            case "--nodes": Nodes = Number(name, value, 1, 3, errors); break;
            case "--engine" when Enum.TryParse<Engine>(value, ignoreCase: true, out var engine): Engine = engine; break;
            case "--agents": Agents = Number(name, value, 1, 200, errors); break;
            case "--server": Server = value; break;
            case "--faults": Faults = Number(name, value, 0, 100_000, errors); break;
            case "--only": Only = value; break;
            case "--fault-ms": FaultMs = Number(name, value, 10, 600_000, errors); break;
            case "--long-fault-ms": LongFaultMs = Number(name, value, 10, 600_000, errors); break;
            case "--fault-pause-ms": FaultPauseMs = Number(name, value, 4, 600_000, errors); break;
            case "--url" when Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp:
                Url = url;
                break;
            case "--service": Service = value; break;
            case "--logins" when value.Split(',').All(login => login.IndexOf(':', StringComparison.Ordinal) > 0):
                Logins = [.. value.Split(',').Select(login => (login[..login.IndexOf(':')], login[(login.IndexOf(':') + 1)..]))];
                break;
            default: errors.Add($"{name} {value} is not an option."); break;
        }
    }

    private static int Number(string name, string value, int least, int most, List<string> errors)
    {
        if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        errors.Add($"{name} {value} is not a number from {least} to {most}.");
        return least;
    }
}
