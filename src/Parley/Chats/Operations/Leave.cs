namespace Parley.Chats.Operations;

/// <summary>An agent leaves the session; the only one who serves the customer ends it and keeps the interaction.</summary>
/// <remarks>
/// Alone, consultants and supervisors not counting, the agent is LeftChat and may still edit user data and set a disposition
/// until Complete. In a conference, and for consultants and supervisors, the chat goes on and the leaver is Completed at once;
/// an owner is succeeded by the agent who joined first. Leaving again succeeds without effect, because a published sample
/// lists Leave among the capabilities of LeftChat.
/// Refused: InvalidInState unless the agent is Chatting or LeftChat.
/// Source: Web Services API Reference, "Leave".
/// </remarks>
public sealed record Leave(AgentId Agent, Farewell? Farewell = null) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.StateOf(Agent) is AgentChatState.Chatting or AgentChatState.LeftChat;

    /// <summary>The session would be over without this agent: nobody else serves the customer or is on the way to.</summary>
    internal static bool EndsSession(AgentId agent, Chat chat) =>
        chat.Part(agent) is { IsServing: true }
        && !chat.Serving.Any(p => p.Agent != agent)
        && chat.Owner is not { IsInvited: true };

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        if (!chat.IsChatting(Agent)) return [];
        var course = new Course(chat).Then(Farewell.From(Agent, Farewell, chat));
        return EndsSession(Agent, chat)
            ? course.Then(new AgentLeft(Agent)).EndSession(QuitReason.ClosedByAgent).Decision
            : course.Complete(Agent).Settle(Orphaned.Waits).Decision;
    }
}
