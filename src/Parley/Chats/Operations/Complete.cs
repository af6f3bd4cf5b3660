namespace Parley.Chats.Operations;

/// <summary>
/// An agent is done. The owner thereby finishes the interaction for everyone, and the session if the customer is still there;
/// another agent's part alone ends.
/// </summary>
/// <param name="Queue">Where the interaction goes on; null ends it.</param>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, LeftChat or JoinFailed; Forbidden for consultants and supervisors, and
/// for who is not the owner and names a queue.
/// Source: Web Services API Reference, "Complete".
/// </remarks>
public record Complete(
    AgentId Agent, QueueName? Queue = null, SaveLastAgent SaveLastAgent = SaveLastAgent.No, Farewell? Farewell = null)
    : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    public override bool IsFor(ChatRole role) => role.Serves();

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        var finishes = Finishes(chat);
        if (Queue is not null && !finishes)
            return new Rejection(Reason.Forbidden, "Parameter 'queueName' is for the agent who finishes the interaction.");
        var course = new Course(chat).Then(Farewell.From(Agent, Farewell, chat));
        if (chat.IsChatting(Agent)) course.Then(new AgentLeft(Agent));
        if (finishes) course.EndSession(QuitReason.ClosedByAgent);
        course.Then(LastAgent.Saved(Agent, SaveLastAgent)).Then(new AgentCompleted(Agent));
        if (!finishes) return course.Settle(Orphaned.Finished).Decision;
        return Queue is { } queue
            ? course.Queue(queue).Decision
            : course.Dismiss(RevokeReason.Finished).Then(new ChatEnded()).Decision;
    }

    /// <summary>Whether the interaction is over with this agent's part in it.</summary>
    protected virtual bool Finishes(Chat chat) => chat.Part(Agent)!.Role == ChatRole.Owner;
}

/// <summary>
/// Leave and Complete in one step, without the state in between: in a conference the owner hands the session over instead of
/// ending it.
/// </summary>
/// <remarks>
/// Accepted in LeftChat as well, without being listed there.
/// Refused: InvalidInState unless the agent is Chatting or LeftChat; Forbidden for consultants and supervisors, and for who
/// names a queue while the conference goes on.
/// Source: "Chat Resource", which lists it among the capabilities and says no more.
/// </remarks>
public sealed record LeaveAndComplete(
    AgentId Agent, QueueName? Queue = null, SaveLastAgent SaveLastAgent = SaveLastAgent.No, Farewell? Farewell = null)
    : Complete(Agent, Queue, SaveLastAgent, Farewell)
{
    public override bool IsOpen(Chat chat) => chat.StateOf(Agent) is AgentChatState.Chatting or AgentChatState.LeftChat;

    public override bool IsListed(Chat chat) => chat.IsChatting(Agent);

    protected override bool Finishes(Chat chat) =>
        base.Finishes(chat) && (!chat.IsChatting(Agent) || Leave.EndsSession(Agent, chat));
}
