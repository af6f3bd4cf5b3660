namespace Parley.Chats.Operations;

/// <summary>An agent finishes the interaction, and with it the session if the customer is still there.</summary>
/// <param name="Queue">Where the interaction goes on; null ends it.</param>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, LeftChat or JoinFailed.
/// Source: Web Services API Reference, "Complete".
/// </remarks>
public record Complete(
    AgentId Agent, QueueName? Queue = null, SaveLastAgent SaveLastAgent = SaveLastAgent.No, Farewell? Farewell = null)
    : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        [
            .. new Leave(Agent, Farewell).Effects(chat),
            .. LastAgent.Saved(Agent, SaveLastAgent),
            new AgentCompleted(Agent),
            Queue is { } queue ? new ChatQueued(queue) : new ChatEnded(),
        ];
}

/// <summary>Leave and Complete in one step, without the state in between.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting or LeftChat.
/// Source: "Chat Resource", which lists it among the capabilities and says no more.
/// </remarks>
public sealed record LeaveAndComplete(
    AgentId Agent, QueueName? Queue = null, SaveLastAgent SaveLastAgent = SaveLastAgent.No, Farewell? Farewell = null)
    : Complete(Agent, Queue, SaveLastAgent, Farewell)
{
    public override bool IsOpen(Chat chat) => chat.StateOf(Agent) is AgentChatState.Chatting or AgentChatState.LeftChat;
}
