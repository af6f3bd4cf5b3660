using Parley.Chats;

namespace Parley.Agents;

/// <summary>Who is at work now, for decisions that depend on it.</summary>
/// <param name="agents">Every agent who may be at work.</param>
/// <param name="capacityOf">How many chats an agent may have at once.</param>
/// <param name="serving">Who takes chats that wait there; null when nobody is known to.</param>
public sealed class Workforce(
    IEnumerable<Agent> agents, Func<AgentId, int> capacityOf, Func<Line, IReadOnlySet<AgentId>?> serving)
{
    /// <summary>The supervisors who follow an agent's chats, in the order of their ids.</summary>
    public IEnumerable<(AgentId Supervisor, Supervision Supervision)> SupervisorsOf(AgentId agent) =>
        agents.Where(a => a.InSession && a.Supervising.ContainsKey(agent))
            .OrderBy(a => a.Id, AgentId.Order)
            .Select(a => (a.Id, a.Supervising[agent]));

    /// <summary>The agent there who is ready, below capacity, suits, and has been idle longest; null without one.</summary>
    public AgentId? Free(Line line, Func<AgentId, bool> suits) =>
        serving(line) is { } there
            ? agents.Where(a => a.IsReadyForChats && there.Contains(a.Id) && a.Load < capacityOf(a.Id) && suits(a.Id))
                .OrderBy(a => a.IdleSince).ThenBy(a => a.Id, AgentId.Order)
                .Select(a => (AgentId?)a.Id)
                .FirstOrDefault()
            : null;
}
