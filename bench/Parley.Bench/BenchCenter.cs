using System.Text.Json.Nodes;

namespace Parley.Bench;

/// <summary>The contact centre a started server is given: the run's agents, one queue, the run's chat service.</summary>
internal static class BenchCenter
{
    private const string Queue = "Support";
    private const int MostPerAgent = 1000;

    /// <summary>Command line settings that lift the limits a load from one address would meet.</summary>
    public static readonly string[] Settings =
        ["--Parley:Customers:CreatesPerMinute=0", "--Parley:Customers:RequestsPerMinute=0"];

    /// <summary>The provisioning file. Capacity leaves a quarter of room, so that routing always finds somebody.</summary>
    public static string Json(ChatOptions options, string passwordHash)
    {
        var capacity = Math.Min(MostPerAgent, (options.Chats * 5 / 4 / options.Agents.Count) + 1);
        var names = options.Agents.Select(agent => (JsonNode)agent.UserName);
        var users = options.Agents.Select(agent => (JsonNode)new JsonObject
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
            ["services"] = new JsonArray(new JsonObject { ["name"] = options.Service, ["queue"] = Queue }),
        }.ToJsonString();
    }
}
