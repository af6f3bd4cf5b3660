using System.Collections.Frozen;
using Parley.Agents;
using Parley.Chats;
using Parley.Server.Provisioning;

namespace Parley.Server.Hosting;

/// <summary>Who takes chats that wait in a line, and who of all is at work.</summary>
internal sealed class Lines(ContactCenter center, Folds<Agent, AgentEvent> agents, Capacity capacity)
{
    private readonly FrozenDictionary<string, IReadOnlySet<AgentId>> queues =
        center.Queues.ToFrozenDictionary(q => q.Name, q => q.Agents, StringComparer.Ordinal);

    private readonly FrozenDictionary<string, IReadOnlySet<AgentId>> skills = center.Skills.ToFrozenDictionary(
        skill => skill.Id,
        IReadOnlySet<AgentId> (skill) => UsersWho(center, user => user.Skills.Any(s => s.Skill.Id == skill.Id)),
        StringComparer.Ordinal);

    private readonly FrozenDictionary<string, IReadOnlySet<AgentId>> groups = center.Groups.ToFrozenDictionary(
        group => group.Id,
        IReadOnlySet<AgentId> (group) => UsersWho(center, user => user.Groups.Any(g => g.Id == group.Id)),
        StringComparer.Ordinal);

    public Workforce Workforce => new(agents.States, capacity.Of, Serving);

    /// <summary>Null when the contact centre does not have it, or no longer.</summary>
    public IReadOnlySet<AgentId>? Serving(Line line) =>
        line.Skill is { } skill ? skills.GetValueOrDefault(skill)
        : line.Group is { } group ? groups.GetValueOrDefault(group)
        : queues.GetValueOrDefault(line.Queue.Value);

    private static FrozenSet<AgentId> UsersWho(ContactCenter center, Func<User, bool> suit) =>
        center.Users.Where(suit).Select(u => u.Id).ToFrozenSet();
}
