namespace Parley.Chats.Operations;

/// <summary>Routing offers the waiting chat to an agent.</summary>
/// <remarks>Refused: InvalidInState unless the chat is waiting in the queue that the choice was made for.</remarks>
public sealed record Offer(AgentId Agent, QueueName Queue, DateTimeOffset Until) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) =>
        chat.Place == Place.Waiting && chat.Queue == Queue
            ? [new AgentInvited(Agent, Until)]
            : new Rejection(Reason.InvalidInState, "The chat is not waiting.");
}

/// <summary>An offer is taken back: not answered in time, or the agent is no longer there to answer.</summary>
/// <param name="OfferedUntil">The offer that is meant; a later one to the same agent stays.</param>
/// <remarks>Refused: InvalidInState unless that offer is pending.</remarks>
public sealed record RevokeOffer(AgentId Agent, DateTimeOffset OfferedUntil, RevokeReason Why) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) =>
        chat.Part(Agent) is { State: AgentChatState.Invited } part && part.OfferedUntil == OfferedUntil
            ? [new AgentRevoked(Agent, Why), new ChatQueued(chat.Queue)]
            : new Rejection(Reason.InvalidInState, "The offer is no longer pending.");
}

/// <summary>An agent logged out or disappeared: nobody may be stranded, and no work may stay with somebody who is gone.</summary>
/// <remarks>
/// Invited: back to the queue. Chatting: the customer goes back to the queue. After-chat work: completed, since nobody else
/// can finish it. Refused: InvalidInState when the agent has no part in the chat any more.
/// </remarks>
public sealed record DetachAgent(AgentId Agent) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) => chat.StateOf(Agent) switch
    {
        AgentChatState.Invited => [new AgentRevoked(Agent, RevokeReason.LoggedOut), new ChatQueued(chat.Queue)],
        AgentChatState.Chatting =>
            [new AgentLeft(Agent), new AgentRevoked(Agent, RevokeReason.LoggedOut), new ChatQueued(chat.Queue)],
        AgentChatState.LeftChat or AgentChatState.JoinFailed => [new AgentCompleted(Agent), new ChatEnded()],
        _ => new Rejection(Reason.InvalidInState, "The agent is not on the chat."),
    };
}
