using System.Text.Json.Nodes;

namespace Parley.Bench;

/// <summary>The contact centre a started server is given: the run's agents, one queue, the run's chat service.</summary>
/// <param name="Chats">How many there will be.</param>
internal sealed record BenchCenter(IReadOnlyList<Login> Agents, string Service, int Chats)
{
    private const string Queue = "Support";
    private const int MostPerAgent = 1000;

    /// <summary>Command line settings that lift the limits of one address, from which all of a load comes.</summary>
    public static readonly string[] Settings =
        ["--Parley:Customers:CreatesPerMinute=0", "--Parley:GmsCometd:HandshakesPerSecond=100000"];

    /// <summary>The provisioning file. Capacity leaves a quarter of room, so that routing always finds somebody.</summary>
    public string Json(string passwordHash)
    {
        var capacity = Math.Min(MostPerAgent, (Chats * 5 / 4 / Agents.Count) + 1);
        var names = Agents.Select(agent => (JsonNode)agent.UserName);
        var users = Agents.Select(agent => (JsonNode)new JsonObject
        {
            ["userName"] = agent.UserName,
            ["passwordHash"] = passwordHash,
            ["roles"] = new JsonArray("agent"),
            ["maxConcurrentChats"] = capacity,
        });
        return new JsonObject
        {
            ["name"] = "Load",
            ["users"] = new JsonArray([.. users]),
            ["queues"] = new JsonArray(new JsonObject { ["name"] = Queue, ["agents"] = new JsonArray([.. names]) }),
            ["services"] = new JsonArray(new JsonObject { ["name"] = Service, ["queue"] = Queue }),
        }.ToJsonString();
    }
}
