namespace Parley.Chats.Operations;

/// <summary>Routing offers the waiting chat to an agent.</summary>
/// <remarks>Refused: InvalidInState unless the chat is waiting where the choice was made for.</remarks>
public sealed record Offer(AgentId Agent, Line Line, DateTimeOffset Until) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) =>
        chat.Place == Place.Waiting && chat.Line == Line
            ? [new AgentInvited(Agent, Until)]
            : new Rejection(Reason.InvalidInState, "The chat is not waiting.");
}

/// <summary>An offer is taken back: not answered in time, or the agent is no longer there to answer.</summary>
/// <param name="OfferedUntil">The offer that is meant; a later one to the same agent stays.</param>
/// <remarks>Refused: InvalidInState unless that offer is pending.</remarks>
public sealed record RevokeOffer(AgentId Agent, DateTimeOffset OfferedUntil, RevokeReason Why) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat) =>
        chat.Part(Agent) is { IsInvited: true } part && part.OfferedUntil == OfferedUntil
            ? new Course(chat).Then(new AgentRevoked(Agent, Why)).Settle(Orphaned.Waits).Decision
            : new Rejection(Reason.InvalidInState, "The offer is no longer pending.");
}

/// <summary>An agent logged out or disappeared: nobody may be stranded, and no work may stay with somebody who is gone.</summary>
/// <remarks>
/// An offer goes elsewhere. A customer whom nobody else serves goes back to the queue, others go on with those who stay.
/// After-chat work is completed, for nobody else can finish it. Refused: InvalidInState when the agent has no part in the chat
/// any more.
/// </remarks>
public sealed record DetachAgent(AgentId Agent) : ChatOperation
{
    public override Decision<ChatEvent> Decide(Chat chat)
    {
        var course = new Course(chat);
        return chat.StateOf(Agent) switch
        {
            AgentChatState.Invited or AgentChatState.Chatting =>
                course.End(Agent, new AgentRevoked(Agent, RevokeReason.LoggedOut)).Settle(Orphaned.Waits).Decision,
            AgentChatState.LeftChat or AgentChatState.JoinFailed =>
                course.Complete(Agent).Settle(Orphaned.Finished).Decision,
            _ => new Rejection(Reason.InvalidInState, "The agent is not on the chat."),
        };
    }
}
