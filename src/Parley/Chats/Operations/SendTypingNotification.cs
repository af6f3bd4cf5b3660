namespace Parley.Chats.Operations;

/// <summary>An agent is typing. Repeated starts are not collapsed: desktops repeat them to keep the indicator alive.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, or when the transcript is full.
/// Source: Web Services API Reference, "ChatSendStartTypingNotification".
/// </remarks>
public sealed record SendStartTypingNotification(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStartedTyping(Agent)];
}

/// <summary>An agent stopped typing.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent is Chatting, or when the transcript is full.
/// Source: Web Services API Reference, "ChatSendStopTypingNotification".
/// </remarks>
public sealed record SendStopTypingNotification(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.MaySpeak(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentStoppedTyping(Agent)];
}
