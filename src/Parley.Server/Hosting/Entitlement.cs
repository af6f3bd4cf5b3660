using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Provisioning;

namespace Parley.Server.Hosting;

/// <summary>
/// Takes back at the start what the contact centre's file no longer grants: the session of a user who is gone or disabled, and
/// the supervision of agents for whom a supervisor is no longer responsible, in running chats as well.
/// </summary>
internal sealed class Entitlement(
    ContactCenter center, Responsibility responsibility, AgentHost agents, ChatHost chats, Deadlines deadlines, Duties duties)
    : IHearsCommits
{
    public void Recall(Chat chat)
    {
        foreach (var part in chat.Attached.Where(p => p.Role.Supervises()))
        {
            if (center.Users.ById(part.Agent) is not { } user || responsibility.WhomOf(user, chat) is null)
                TakeOut(chat.Id, part.Agent);
        }
    }

    public void Recall(Agent agent)
    {
        if (!agent.InSession) return;
        var user = center.Users.ById(agent.Id);
        if (user is not { Enabled: true })
        {
            TakeBack(agent.Id, new EndContactCenterSession(SessionEndReason.Disabled));
            return;
        }
        foreach (var supervised in agent.Supervising.Keys)
        {
            if (center.Users.ById(supervised) is not { } other || !responsibility.Covers(user, other))
                TakeBack(agent.Id, new CancelSupervisorMonitoring(supervised));
        }
    }

    private void TakeOut(ChatId chat, AgentId supervisor) => _ = duties.Do(
        async () => (await chats.Execute(chat, new DetachAgent(supervisor), Asked.ByNobody)).Refused
            is not { Reason: Reason.Unavailable },
        again => deadlines.At(again, () => TakeOut(chat, supervisor)));

    private void TakeBack(AgentId agent, AgentSessionOperation operation) => _ = duties.Do(
        async () => await agents.Execute(agent, operation) is not { Reason: Reason.Unavailable },
        again => deadlines.At(again, () => TakeBack(agent, operation)));
}
