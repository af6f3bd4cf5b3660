namespace Parley.Chats.Operations;

/// <summary>An agent wants the transcript pushed again; nobody else is told.</summary>
/// <param name="From">The first index wanted.</param>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it, and after too many.
/// Source: "Interactions On Chat Channel".
/// </remarks>
public sealed record RequestChatHistory(AgentId Agent, int From = 1) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Trifles < Trifle.Most ? [new HistoryRequested(Agent, From)] : Trifle.TooMany;
}
