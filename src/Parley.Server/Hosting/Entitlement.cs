using Parley.Agents;
using Parley.Chats;
using Parley.Server.Provisioning;

namespace Parley.Server.Hosting;

/// <summary>
/// Takes back at the start what the contact centre's file no longer grants: the session of a user who is gone or disabled, and
/// the supervision of agents for whom a supervisor is no longer responsible.
/// </summary>
internal sealed class Entitlement(
    ContactCenter center, Responsibility responsibility, AgentHost agents, Deadlines deadlines, TimeProvider time) : IHearsCommits
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public void Recall(Chat chat)
    {
    }

    public void Recall(Agent agent)
    {
        if (!agent.InSession) return;
        var user = center.Users.ById(agent.Id);
        if (user is not { Enabled: true })
        {
            _ = TakeBack(agent.Id, new EndContactCenterSession(SessionEndReason.Disabled));
            return;
        }
        foreach (var supervised in agent.Supervising.Keys)
        {
            if (center.Users.ById(supervised) is not { } other || !responsibility.Covers(user, other))
                _ = TakeBack(agent.Id, new CancelSupervisorMonitoring(supervised));
        }
    }

    public void Hear(ChatCommit commit)
    {
    }

    public void Hear(AgentCommit commit)
    {
    }

    private async Task TakeBack(AgentId agent, AgentSessionOperation operation)
    {
        if (await agents.Execute(agent, operation) is { Reason: Reason.Unavailable })
            deadlines.At(time.GetUtcNow() + RetryAfter, () => _ = TakeBack(agent, operation));
    }
}
