using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Queues;
using Parley.Testing.Histories;

namespace Parley.Tests.Histories;

/// <summary>A contact centre in memory: every command decided, mirrored and applied as a server does it, without a log.</summary>
internal sealed class SmallCenter
{
    public const int Capacity = 2;

    /// <summary>The skill of the first two agents.</summary>
    public const string Skill = "English";

    public static readonly QueueName Support = new("Support");
    public static readonly QueueName Billing = Repertoire.Billing;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly HashSet<AgentId> support;
    private readonly HashSet<AgentId> billing;
    private readonly HashSet<AgentId> skilled;

    public SmallCenter(int agents, int supervisors)
    {
        Supervisors = [.. Enumerable.Range(1, supervisors).Select(i => new AgentId($"supervisor{i}"))];
        support = [.. Enumerable.Range(1, agents).Select(i => new AgentId($"agent{i}"))];
        billing = [.. support.Take(1)];
        skilled = [.. support.Take(2)];
        foreach (var id in support.Concat(Supervisors)) Agents[id] = Agent.Away;
    }

    /// <summary>Called with every command that went through.</summary>
    public Action<ChatCommit> Told { get; set; } = _ => { };

    /// <summary>Called before <see cref="Told"/> with every operation on a chat that was accepted, whatever came of it.</summary>
    public Action<ChatId, ChatOperation> Accepted { get; set; } = (_, _) => { };

    /// <summary>Called with every operation on an agent's session that was accepted.</summary>
    public Action<AgentId, AgentSessionOperation> AcceptedBy { get; set; } = (_, _) => { };

    public DateTimeOffset Now { get; private set; } = Cast.Noon;

    public Dictionary<ChatId, Chat> Chats { get; } = [];

    /// <summary>Everyone at a desk, supervisors included.</summary>
    public Dictionary<AgentId, Agent> Agents { get; } = [];

    public ImmutableArray<AgentId> Supervisors { get; }

    public Workforce Workforce => new(Agents.Values, _ => Capacity, Serving);

    public void Wait(TimeSpan time) => Now += time;

    /// <summary>Runs an operation on a chat, with its consequences for agents, all or nothing.</summary>
    public Rejection? Do(ChatId id, ChatOperation operation, Stamp? stamp = null)
    {
        var at = stamp ?? new Stamp(Now);
        var before = Chats.GetValueOrDefault(id, Chat.None);
        var decision = operation.Informed(before, Workforce).Decide(before);
        if (decision.Refused is not null) return decision.Refused;
        if (decision.Events.IsEmpty)
        {
            Accepted(id, operation);
            return null;
        }

        var agents = new Dictionary<AgentId, Agent>();
        foreach (var (agent, changes) in Attachments.Of(id, decision.Events, _ => Capacity))
        {
            agents[agent] = Agents[agent];
            foreach (var change in changes)
            {
                var consequence = change.Decide(agents[agent]);
                if (consequence.Refused is not null) return consequence.Refused;
                agents[agent] = agents[agent].Apply(consequence.Events, at);
            }
        }
        foreach (var (agent, state) in agents) Agents[agent] = state;
        Chats[id] = before.Apply(decision.Events, at);
        Accepted(id, operation);
        Told(new ChatCommit(before, decision.Events, at, Chats[id]));
        return null;
    }

    /// <summary>Runs an operation on an agent's session, and what must follow from it.</summary>
    public Rejection? Do(AgentId id, AgentSessionOperation operation)
    {
        var decision = operation.Decide(Agents[id]);
        Agents[id] = Agents[id].Apply(decision.Events, new Stamp(Now));
        if (decision.Refused is null) AcceptedBy(id, operation);
        foreach (var chat in Agents[id].Chats)
        {
            if (!Agents[id].InSession) Do(chat, new DetachAgent(id));
            else if (!Agents[id].IsReadyForChats && Chats[chat].Part(id) is { IsInvited: true } offer
                && !offer.Role.Supervises())
                Do(chat, new RevokeOffer(id, offer.OfferedUntil, RevokeReason.NotReady));
        }
        return decision.Refused;
    }

    /// <summary>Offers what can be offered.</summary>
    public void Route()
    {
        var waiting = Chats.Values.Where(c => c.Place == Place.Waiting)
            .OrderBy(c => c.ReceivedAt).ThenBy(c => c.Id.Value).ToArray();
        var candidates = Agents.Values.Where(a => a.InSession).Select(a => new Candidate(a, Capacity)).ToArray();
        foreach (var (chat, agent) in Routing.Pair(waiting, candidates, Serving, Now, Pause).ToArray())
            Assert.Null(Do(chat.Id, new Offer(agent, chat.Line, Now.AddSeconds(30))));
    }

    /// <summary>Takes back what was not answered in time.</summary>
    public void RevokeOverdue()
    {
        foreach (var id in Chats.Keys.ToArray())
        {
            foreach (var part in Chats[id].Agents.Values.Where(p => p.IsInvited && p.OfferedUntil <= Now).ToArray())
            {
                // what became of an earlier one may have taken it along
                if (Chats[id].Part(part.Agent) == part)
                    Assert.Null(Do(id, new RevokeOffer(part.Agent, part.OfferedUntil, RevokeReason.NoAnswer)));
            }
        }
    }

    private HashSet<AgentId> Serving(Line line) =>
        line.Skill is not null ? skilled : line.Queue == Billing ? billing : support;
}
