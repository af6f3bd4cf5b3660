using Parley.Agents;
using Parley.Chats;

namespace Parley.Queues;

/// <summary>
/// Who is offered which waiting chat: the oldest chat first, to the contact's last agent, else to the agent who has been idle
/// longest.
/// </summary>
public static class Routing
{
    /// <summary>
    /// Pairs waiting chats with agents who are ready and below capacity. An agent who declined a chat is passed over while
    /// anybody else who serves the queue is free, and asked again after the pause when nobody is. A contact's last agent is
    /// asked first if free, and left to the contact while somebody else is free for others; nobody waits for anybody.
    /// </summary>
    /// <param name="waiting">Chats that wait, oldest first.</param>
    /// <param name="agents">Agents who may be ready.</param>
    /// <param name="servingOf">Who takes chats that wait there; null when nobody is known to.</param>
    /// <param name="pause">How long an agent who declined a chat has peace from it.</param>
    public static IEnumerable<Pairing> Pair(
        IEnumerable<Chat> waiting, IEnumerable<Candidate> agents, Func<Line, IReadOnlySet<AgentId>?> servingOf,
        DateTimeOffset now, TimeSpan pause)
    {
        var free = agents
            .Where(c => c.Agent.IsReadyForChats)
            .Select(c => new Free(c.Agent, c.Capacity - c.Agent.Load, c.Agent.IdleSince))
            .Where(f => f.Places > 0)
            .OrderBy(f => f.IdleSince).ThenBy(f => f.Agent.Id, AgentId.Order)
            .ToList();
        Chat[] oldestFirst = [.. waiting];
        var awaited = oldestFirst.Select(LastAgentOf).OfType<AgentId>().ToHashSet();
        foreach (var chat in oldestFirst)
        {
            if (free.Count == 0) yield break;
            if (servingOf(chat.Line) is not { } serving) continue;
            if (Choose(chat) is not { } chosen) continue;
            yield return new Pairing(chat, chosen.Agent.Id);
            free.Remove(chosen);
            if (chosen.Places > 1) free.Add(chosen with { Places = chosen.Places - 1, IdleSince = now });

            Free? Choose(Chat wanted) =>
                free.Find(f => f.Agent.Id == LastAgentOf(wanted) && Suits(f, wanted))
                ?? free.Find(f => !awaited.Contains(f.Agent.Id) && Suits(f, wanted))
                ?? free.Find(f => Suits(f, wanted));

            bool Suits(Free candidate, Chat wanted) =>
                serving.Contains(candidate.Agent.Id)
                && wanted.Part(candidate.Agent.Id) is null or { IsOver: true }
                && (wanted.Part(candidate.Agent.Id)?.DeclinedAt is not { } declined
                    || (now - declined >= pause && !free.Exists(other => MightTake(other.Agent, wanted))));

            bool MightTake(Agent other, Chat wanted) =>
                serving.Contains(other.Id) && wanted.Part(other.Id)?.DeclinedAt is null;
        }
    }

    /// <summary>Who is to be asked first: the contact's last agent, unless it has been asked already.</summary>
    private static AgentId? LastAgentOf(Chat chat) => chat.LastAgent is { } last && chat.Part(last) is null ? last : null;

    private sealed record Free(Agent Agent, int Places, DateTimeOffset IdleSince);
}

/// <summary>An agent who might be offered a chat, and how many chats the agent may have at once.</summary>
public readonly record struct Candidate(Agent Agent, int Capacity);

/// <summary>A chat and the agent it is to be offered to.</summary>
public readonly record struct Pairing(Chat Chat, AgentId Agent);
