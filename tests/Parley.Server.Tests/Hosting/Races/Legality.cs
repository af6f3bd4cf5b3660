using Parley.Agents;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>What holds whenever nothing is under way any more.</summary>
internal static class Legality
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static async Task<string?> Complaint(Arena arena)
    {
        var (chats, agents) = await Read(arena);
        foreach (var chat in chats)
            if (Complaint(chat) is { } wrong) return $"chat {chat.Id}: {wrong}";
        foreach (var (id, agent) in agents)
            if ((Complaint(id, agent, chats) ?? TooMany(id, agent)) is { } wrong) return $"agent {id}: {wrong}";
        foreach (var node in arena.Nodes)
            if (Complaint(node, chats, agents) is { } wrong) return $"node {arena.Nodes.IndexOf(node)}: {wrong}";
        return null;
    }

    /// <summary>The whole state in words, without times and ids that depend on the order of other things.</summary>
    public static async Task<string> Describe(Arena arena)
    {
        var (chats, agents) = await Read(arena);
        var lines = chats.Select(chat => $"{chat.Id} {chat.Place} at {chat.Line.Queue}, customer {chat.CustomerPresent}: "
                + string.Join(", ", chat.Agents.Values.Select(p => $"{NameOf(p.Agent)} {p.Role} {p.State}"))
                + " | " + string.Join(", ", chat.Transcript.From(1).Select(e => $"{e.Kind} {e.From.Nickname} {e.Text}")))
            .Concat(agents.Select(a => $"{NameOf(a.Id)} has {string.Join(", ", a.Agent.Chats)} of which "
                + $"{a.Agent.Attended.Count} attended, follows {string.Join(", ", a.Agent.Supervising.Keys.Select(NameOf))}"));
        return string.Join('\n', lines);
    }

    /// <summary>Folded anew from the log, so that nobody's memory is trusted.</summary>
    private static async Task<(IReadOnlyList<Chat> Chats, IReadOnlyList<(AgentId Id, Agent Agent)> Agents)> Read(Arena arena)
    {
        var chatFolds = new Folds<Chat, ChatEvent>(arena.Stored, StreamKind.Chat);
        var agentFolds = new Folds<Agent, AgentEvent>(arena.Stored, StreamKind.Agent);
        var chats = new List<Chat>();
        foreach (var id in (ChatId[])[Arena.TheChat, Arena.Other])
            if (await chatFolds.Find(id.Value) is { } fold) chats.Add(fold.State);
        var agents = new List<(AgentId, Agent)>();
        foreach (var id in Arena.Staff) agents.Add((id, (await agentFolds.FindOrAdd(id.Value)).State));
        return (chats, agents);
    }

    /// <summary>What is wrong with a chat, which must never be.</summary>
    public static string? Complaint(Chat chat)
    {
        var attached = chat.Attached.ToArray();
        var owners = attached.Count(p => p.Role == ChatRole.Owner);
        return owners != (attached.Length > 0 ? 1 : 0) ? $"{owners} owners of {attached.Length} agents"
            : (chat.Place is Place.Done or Place.Waiting) != (attached.Length == 0) 
                ? $"{chat.Place} with {attached.Length} agents"
            : chat is { Place: Place.Done, CustomerPresent: true } ? "a customer is stranded"
            : !chat.CustomerPresent && attached.Any(p => p.IsChatting) ? "somebody talks to nobody"
            : null;
    }

    /// <summary>What is wrong with an agent, which must never be.</summary>
    public static string? AlwaysComplaint(AgentId id, Agent agent, IEnumerable<Chat> chats)
    {
        var mine = chats.Where(c => c.Part(id) is { IsOver: false }).ToArray();
        return !agent.Chats.SetEquals(mine.Select(c => c.Id)) ? "the two sides disagree on who has which chat"
            : !agent.Attended.SetEquals(mine.Where(c => !c.Part(id)!.Role.Serves()).Select(c => c.Id))
                ? "the two sides disagree on what counts"
            : null;
    }

    /// <summary>
    /// Whether an agent has more than the capacity. What it is offered never makes it so; what it advised in and has to take over
    /// may.
    /// </summary>
    public static string? TooMany(AgentId id, Agent agent) =>
        agent.Load > Arena.Center.Users.ById(id)!.MaxConcurrentChats ? "has too many chats" : null;

    /// <summary>What is wrong with an agent once nothing is under way.</summary>
    public static string? Complaint(AgentId id, Agent agent, IReadOnlyCollection<Chat> chats)
    {
        if (AlwaysComplaint(id, agent, chats) is { } wrong) return wrong;
        var mine = chats.Where(c => c.Part(id) is { IsOver: false }).ToArray();
        return !agent.InSession && mine.Length > 0 ? "is gone and has a chat"
            : !agent.IsReadyForChats && mine.Any(c => c.Part(id) is { IsInvited: true, IsSupervisor: false })
                ? "is not ready and has an offer"
            : null;
    }

    /// <summary>What a node does not know, or knows wrongly, once nothing is under way.</summary>
    public static string? Complaint(
        Node node, IReadOnlyCollection<Chat> chats, IReadOnlyCollection<(AgentId Id, Agent Agent)> agents)
    {
        foreach (var chat in chats)
        {
            if (!node.ChatFolds.TryPeek(chat.Id.Value, out var known) || known.Transcript.Count != chat.Transcript.Count
                || known.Place != chat.Place || !known.Agents.Values.SequenceEqual(chat.Agents.Values))
                return $"is behind in {chat.Id}";
        }
        foreach (var (id, agent) in agents)
        {
            var shown = node.Desk.ChatsOf(id).Select(view => view.Id).ToArray();
            if (!agent.Chats.SetEquals(shown)) return $"shows {NameOf(id)} {string.Join(", ", shown)}";
            if (!node.Agents.Find(id).Supervising.Keys.ToHashSet().SetEquals(agent.Supervising.Keys))
                return $"is behind in whom {NameOf(id)} follows";
            if (node.Agents.Find(id).IsReadyForChats != agent.IsReadyForChats) return $"is behind in the state of {NameOf(id)}";
        }
        return null;
    }

    private static string NameOf(AgentId id) => Arena.Center.Users.ById(id)!.Name;
}
