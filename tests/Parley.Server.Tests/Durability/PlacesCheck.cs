namespace Parley.Server.Tests.Durability;

/// <summary>Asks after a restart, while nobody sends anything, where the chats are.</summary>
internal static class PlacesCheck
{
    private static readonly string[] Live = ["Invited", "Chatting"];

    /// <summary>Everything that is wrong with the agents' lists.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyList<AgentUnderKill> agents)
    {
        var faults = new List<string>();
        var places = new Dictionary<string, string>();
        foreach (var agent in agents)
        {
            if (await agent.ListAsync() is not { } list)
            {
                faults.Add($"{agent.Name} cannot read the list of chats");
                continue;
            }
            foreach (var (id, state) in list.Where(chat => Live.Contains(chat.State)))
                if (!places.TryAdd(id, $"{agent.Name} ({state})"))
                    faults.Add($"chat {id} is with {places[id]} and with {agent.Name} ({state})");
            var listed = list.Select(chat => chat.Id).ToHashSet();
            faults.AddRange(agent.Held.Where(id => !listed.Contains(id)).Select(id => $"{agent.Name} has lost chat {id}"));
            faults.AddRange(
                agent.Completed.Where(listed.Contains).Select(id => $"{agent.Name} has got the completed chat {id} back"));
        }
        return faults;
    }
}
