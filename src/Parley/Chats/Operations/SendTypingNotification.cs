namespace Parley.Chats.Operations;

/// <summary>An agent is typing. Repeated starts are not collapsed: desktops repeat them to keep the indicator alive.</summary>
/// <remarks>
/// Refused: as SendMessage.
/// Source: Web Services API Reference, "ChatSendStartTypingNotification".
/// </remarks>
public sealed record SendStartTypingNotification(AgentId Agent) : ToEveryone(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStartedTyping(Agent)];
}

/// <summary>An agent stopped typing.</summary>
/// <remarks>
/// Refused: as SendMessage.
/// Source: Web Services API Reference, "ChatSendStopTypingNotification".
/// </remarks>
public sealed record SendStopTypingNotification(AgentId Agent) : ToEveryone(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStoppedTyping(Agent)];
}

/// <summary>An agent is typing something for the other agents.</summary>
/// <remarks>
/// Refused: as SendToAgents.
/// Source: Web Services API Reference, "ChatSendStartTypingToAgentsNotification".
/// </remarks>
public sealed record SendStartTypingToAgentsNotification(AgentId Agent) : ToAgents(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStartedTyping(Agent, Visibility.Agents)];
}

/// <summary>An agent stopped typing something for the other agents.</summary>
/// <remarks>
/// Refused: as SendToAgents.
/// Source: Web Services API Reference, "ChatSendStopTypingToAgentsNotification".
/// </remarks>
public sealed record SendStopTypingToAgentsNotification(AgentId Agent) : ToAgents(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStoppedTyping(Agent, Visibility.Agents)];
}
