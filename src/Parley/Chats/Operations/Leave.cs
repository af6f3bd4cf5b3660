namespace Parley.Chats.Operations;

/// <summary>An agent leaves the session; the only one in it ends it for the customer and keeps the interaction.</summary>
/// <remarks>
/// The agent is LeftChat and may still edit user data and set a disposition until Complete. Leaving again succeeds without
/// effect, because a published sample lists Leave among the capabilities of LeftChat.
/// Refused: InvalidInState unless the agent is Chatting or LeftChat.
/// Source: Web Services API Reference, "Leave".
/// </remarks>
public sealed record Leave(AgentId Agent, Farewell? Farewell = null) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.StateOf(Agent) is AgentChatState.Chatting or AgentChatState.LeftChat;

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        chat.IsChatting(Agent)
            ? [.. Farewell.From(Agent, Farewell, chat), new AgentLeft(Agent), new CustomerLeft(QuitReason.ClosedByAgent)]
            : [];
}
