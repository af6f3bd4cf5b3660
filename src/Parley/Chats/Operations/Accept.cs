namespace Parley.Chats.Operations;

/// <summary>An agent takes the offered chat and joins its session.</summary>
/// <param name="Nickname">The name shown to the customer.</param>
/// <remarks>
/// When the session is already over there is nothing to join: the agent is JoinFailed and has after-chat work only.
/// Refused: InvalidInState unless the agent is Invited.
/// Source: Web Services API Reference, "ChatAccept".
/// </remarks>
public sealed record Accept(
    AgentId Agent, string Nickname, SaveLastAgent SaveLastAgent = SaveLastAgent.No) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsInvited(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        [
            chat.CustomerPresent ? new AgentJoined(Agent, Nickname) : new AgentJoinFailed(Agent),
            .. LastAgent.Saved(Agent, SaveLastAgent),
        ];
}
