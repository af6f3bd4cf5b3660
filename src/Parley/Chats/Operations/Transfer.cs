using Parley.Agents;

namespace Parley.Chats.Operations;

/// <summary>An agent gives the chat to another agent, or back to a queue; the customer stays.</summary>
/// <param name="Until">How long the target has to answer.</param>
/// <remarks>
/// The agent is Completed at once. A target who declines or does not answer sends the chat back to where it came from. A
/// consultant or coach becomes the successor without being asked. Ownership moves only with the owner: another agent in a
/// conference gives its own place. A supervisor transfers the owner's chat, accepted
/// or only offered, and both lose it. The owner's transfer to a queue
/// takes the whole chat there.
/// Refused: InvalidInState unless the agent is Chatting or LeftChat, for oneself as the target, for a target who takes part
/// already or is not ready; Forbidden for consultants and silent supervisors.
/// Source: Web Services API Reference, "ChatSingleStepTransfer".
/// </remarks>
public sealed record Transfer(AgentId Agent, TransferTarget To, DateTimeOffset Until, Farewell? Farewell = null)
    : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.StateOf(Agent) is AgentChatState.Chatting or AgentChatState.LeftChat;

    public override bool IsFor(ChatRole role) => role is not (ChatRole.Consultant or ChatRole.Monitor);

    public override ChatOperation Informed(Chat chat, Workforce workforce) =>
        To is TransferTarget.Waiting there ? this with { To = there.Informed(chat, Agent, workforce) } : this;

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        var me = chat.Part(Agent)!;
        var gives = me.Role == ChatRole.Conferenced ? ChatRole.Conferenced : ChatRole.Owner;
        var course = new Course(chat).Then(Farewell.From(Agent, Farewell, chat));
        if (To is TransferTarget.Waiting { Line: var line } && gives == ChatRole.Owner)
            return GiveUp(course, me).Queue(line.Within(chat.Line.Queue)).Decision;

        if (To.Promotable(chat, Agent) is { } colleague)
            return GiveUp(course, me).Then(new AgentRoleChanged(colleague, gives)).Decision;

        var asked = To.Ask(chat, Agent, Until, gives);
        return asked.Refused is null
            ? GiveUp(course, me).Then(asked.Events.AsSpan()).Settle(Orphaned.Waits).Decision
            : asked;
    }

    private static Course GiveUp(Course course, AgentPart me)
    {
        if (!me.Role.Supervises()) return course.Complete(me.Agent);
        foreach (var agent in (AgentId[])[course.Now.Owner!.Agent, me.Agent])
            course.End(agent, new AgentRevoked(agent, RevokeReason.Reassigned));
        return course;
    }
}
