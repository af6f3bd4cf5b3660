namespace Parley.Chats.Operations;

/// <summary>An agent says something to everyone in the session.</summary>
/// <param name="MessageType">A free label, kept with the message.</param>
/// <param name="TreatAs">System marks a text that software sent; it is delivered alike.</param>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, or when the transcript is full.
/// Source: Web Services API Reference, "ChatSend".
/// </remarks>
public sealed record SendMessage(AgentId Agent, string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal)
    : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentSaid(Agent, Text, MessageType, TreatAs)];
}
