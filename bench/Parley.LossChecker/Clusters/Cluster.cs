using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Parley.LossChecker.Clusters;

/// <summary>What a cluster is made of.</summary>
/// <param name="Nodes">How many Parley nodes; with SQLite one.</param>
/// <param name="ServerDll">Their program.</param>
/// <param name="NginxExample">The configuration of the load balancer.</param>
internal sealed record ClusterOptions(int Nodes, Engine Engine, string ServerDll, string NginxExample, int Agents, int Customers);

/// <summary>On what the nodes keep their log.</summary>
internal enum Engine
{
    Postgres,
    Sqlite,
}

/// <summary>
/// Parley as it runs in earnest, on loopback: nodes on one PostgreSQL, nginx in front, and links between all of them that can be
/// broken. Nothing of it outlives this object or this program.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const string ChatService = "customer-support";
    private const string Password = "secret";

    /// <summary>
    /// Limits of one address are lifted, for everybody comes from one. Polls are short, so that who is cut off notices soon; an
    /// agent may be away for longer than any fault lasts.
    /// </summary>
    private static readonly string[] Settings =
    [
        "--Parley:Rest:TrustForwardedHeaders=true",
        "--Parley:Customers:CreatesPerMinute=0", "--Parley:Customers:RequestsPerMinute=0",
        "--Parley:GmsCometd:HandshakesPerSecond=100000",
        "--Parley:Notifications:TimeoutMs=5000", "--Parley:Notifications:MaxIntervalMs=10000",
        "--Parley:GmsCometd:TimeoutMs=5000", "--Parley:GmsCometd:MaxIntervalMs=10000",
        "--Parley:Routing:DisappearanceGraceMs=600000", "--Parley:Customers:SilenceTimeoutMs=600000",
    ];

    private readonly Guard guard = new();
    private readonly List<IDisposable> parts = [];

    private Cluster(ClusterOptions options) => Options = options;

    public ClusterOptions Options { get; }

    /// <summary>Where clients go.</summary>
    public Uri Url => new($"http://127.0.0.1:{Clients.Port}");

    /// <summary>Names and passwords of the agents.</summary>
    public IReadOnlyList<(string Name, string Password)> Agents =>
        [.. Enumerable.Range(1, Options.Agents).Select(n => ($"agent{n}", Password))];

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    /// <summary>The database; null with SQLite.</summary>
    public Postgres? Database { get; private set; }

    /// <summary>From the clients to the load balancer.</summary>
    public Link Clients { get; private set; } = null!;

    /// <summary>From the load balancer to each node.</summary>
    public IReadOnlyList<Link> ToNodes { get; private set; } = [];

    /// <summary>From each node to the database; none with SQLite.</summary>
    public IReadOnlyList<Link> ToDatabase { get; private set; } = [];

    /// <summary>Starts all of it and waits until it answers.</summary>
    /// <exception cref="IOException">Something is missing or does not start.</exception>
    public static async Task<Cluster> StartAsync(ClusterOptions options, CancellationToken cancel)
    {
        var cluster = new Cluster(options);
        try
        {
            await cluster.StartAsync(cancel);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sees to it that nothing has ended by itself.</summary>
    /// <exception cref="IOException">A node has.</exception>
    public void Check()
    {
        if (Nodes.FirstOrDefault(node => node.DiedByItself) is { } dead) throw new IOException($"{dead.Name} ended by itself.");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts) part.Dispose();
        if (Database is not null) await Database.DisposeAsync();
        guard.Dispose();
    }

    private async Task StartAsync(CancellationToken cancel)
    {
        var home = guard.Directory.FullName;
        var center = Path.Combine(home, "contact-center.json");
        await File.WriteAllTextAsync(center, await CenterAsync(cancel), cancel);
        if (Options.Engine == Engine.Postgres) Database = await Postgres.StartAsync(guard, cancel);

        var nodes = new List<Node>();
        for (var n = 1; n <= Options.Nodes; n++)
        {
            string[] engine = Database is null
                ? ["--data", Path.Combine(home, "data")]
                :
                [
                    "--postgres", Postgres.ConnectionString(LinkToDatabase().Port), $"--Parley:Node:Name=n{n}",
                    "--data", Path.Combine(home, $"data{n}"),
                ];
            var node = new Node(guard, $"n{n}", Options.ServerDll, ["--center", center, .. engine, .. Settings]);
            parts.Insert(0, node);
            nodes.Add(node);
            await node.StartAsync(cancel);
        }
        Nodes = nodes;
        ToNodes = [.. nodes.Select(node => Kept(new Link(node.Port)))];
        var nginx = Kept(await Nginx.StartAsync(
            guard, Options.NginxExample, [.. nodes.Zip(ToNodes, (node, link) => (node.Name, link.Port))], cancel));
        Clients = Kept(new Link(nginx.Port));
    }

    private Link LinkToDatabase()
    {
        var link = Kept(new Link(Database!.Port));
        ToDatabase = [.. ToDatabase, link];
        return link;
    }

    private T Kept<T>(T part)
        where T : IDisposable
    {
        parts.Add(part);
        return part;
    }

    private async Task<string> CenterAsync(CancellationToken cancel)
    {
        var hash = await HashAsync(cancel);
        var capacity = Math.Min(1000, (Options.Customers * 2 / Options.Agents) + 5);
        JsonArray Names() => [.. Agents.Select(agent => (JsonNode)agent.Name)];
        return new JsonObject
        {
            ["name"] = "Reliability",
            ["users"] = new JsonArray([.. Agents.Select(agent => (JsonNode)new JsonObject
            {
                ["userName"] = agent.Name, ["passwordHash"] = hash, ["roles"] = new JsonArray("agent"),
                ["maxConcurrentChats"] = capacity,
            })]),
            ["queues"] = new JsonArray(new JsonObject { ["name"] = "Support", ["agents"] = Names() }),
            ["services"] = new JsonArray(new JsonObject { ["name"] = ChatService, ["queue"] = "Support" }),
        }.ToJsonString();
    }

    private async Task<string> HashAsync(CancellationToken cancel)
    {
        if (!File.Exists(Options.ServerDll))
            throw new IOException($"{Options.ServerDll} does not exist: dotnet build -c Release src/Parley.Server");
        using var hashing = Process.Start(new ProcessStartInfo("dotnet", ["exec", Options.ServerDll, "hash-password"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        await hashing.StandardInput.WriteLineAsync(Password);
        hashing.StandardInput.Close();
        return (await hashing.StandardOutput.ReadToEndAsync(cancel)).Trim();
    }
}
