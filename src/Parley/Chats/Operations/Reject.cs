namespace Parley.Chats.Operations;

/// <summary>
/// An agent declines: an offered chat goes back to its queue, to be offered to somebody else; who had asked for help is told.
/// </summary>
/// <remarks>
/// Refused: InvalidInState unless the agent is Invited.
/// Source: Web Services API Reference, "ChatReject".
/// </remarks>
public sealed record Reject(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsInvited(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        new Course(chat).Then(new AgentRejected(Agent)).Settle(Orphaned.Waits).Decision;
}
