using System.Collections.Immutable;
using Parley.Agents;

namespace Parley.Chats.Operations;

/// <summary>An agent takes the offered chat and joins its session, and with the agent whoever supervises it.</summary>
/// <param name="Nickname">The name shown to the customer.</param>
/// <remarks>
/// When the session is already over there is nothing to join: the agent is JoinFailed and has after-chat work only.
/// Refused: InvalidInState unless the agent is Invited.
/// Source: Web Services API Reference, "ChatAccept"; "ChatSupervisor".
/// </remarks>
public sealed record Accept(
    AgentId Agent, string Nickname, SaveLastAgent SaveLastAgent = SaveLastAgent.No) : AgentOperation(Agent)
{
    private ImmutableArray<(AgentId Supervisor, Supervision Supervision)> Supervisors { get; init; } = [];

    public override bool IsOpen(Chat chat) => chat.IsInvited(Agent);

    public override ChatOperation Informed(Chat chat, Workforce workforce)
    {
        if (chat.Part(Agent) is not { IsInvited: true, Role: var role } || role.Supervises()) return this;
        var supervisors = workforce.SupervisorsOf(Agent).ToImmutableArray();
        return supervisors.IsEmpty ? this : this with { Supervisors = supervisors };
    }

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        if (!chat.CustomerPresent) return [new AgentJoinFailed(Agent), .. LastAgent.Saved(Agent, SaveLastAgent)];
        var supervisors = Supervisors.Where(s => chat.Part(s.Supervisor) is null or { IsOver: true });
        return
        [
            new AgentJoined(Agent, Nickname, chat.Part(Agent)!.Role),
            .. LastAgent.Saved(Agent, SaveLastAgent),
            .. supervisors.Select(s => new AgentJoined(s.Supervisor, s.Supervision.Nickname, s.Supervision.As, Watching: Agent)),
        ];
    }
}
