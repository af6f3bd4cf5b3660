namespace Parley.Chats.Operations;

/// <summary>An agent says something to everyone in the session.</summary>
/// <param name="MessageType">A free label, kept with the message.</param>
/// <param name="TreatAs">System marks a text that software sent; it is delivered alike.</param>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, or when the transcript is full; Forbidden for who is hidden from the
/// customer.
/// Source: Web Services API Reference, "ChatSend".
/// </remarks>
public sealed record SendMessage(AgentId Agent, string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal)
    : ToEveryone(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentSaid(Agent, Text, MessageType, TreatAs)];
}

/// <summary>What an agent whom the customer sees adds to the talk.</summary>
public abstract record ToEveryone(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent);

    public override bool IsFor(ChatRole role) => role.IsSeenByAll();
}

/// <summary>What an agent says to the other agents on the chat; the customer does not notice.</summary>
public abstract record ToAgents(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent) && Audience.HasColleagues(Agent, chat);

    public override bool IsFor(ChatRole role) => role != ChatRole.Monitor;
}

/// <summary>An agent says something to the other agents in a conference or consultation.</summary>
/// <inheritdoc cref="SendMessage" path="/param"/>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting with another agent it may notice, or when the transcript is full;
/// Forbidden for silent supervisors.
/// Source: Web Services API Reference, "ChatSendToAgents".
/// </remarks>
public sealed record SendToAgents(AgentId Agent, string Text, string? MessageType = null, TreatAs TreatAs = TreatAs.Normal)
    : ToAgents(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        [new AgentSaid(Agent, Text, MessageType, TreatAs, Visibility.Agents)];
}
