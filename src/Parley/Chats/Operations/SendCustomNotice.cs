namespace Parley.Chats.Operations;

/// <summary>An agent's application signals something to the customer's, in words that the two have agreed on.</summary>
/// <remarks>
/// Refused: as SendMessage.
/// Source: Web Services API Reference, "ChatSendCustomNotice".
/// </remarks>
public sealed record SendCustomNotice(AgentId Agent, string NoticeText) : ToEveryone(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentSentCustomNotice(Agent, NoticeText)];
}

/// <summary>An agent's application signals something to those of the other agents.</summary>
/// <remarks>
/// Refused: as SendToAgents.
/// Source: Web Services API Reference, "ChatSendCustomNoticeToAgents".
/// </remarks>
public sealed record SendCustomNoticeToAgents(AgentId Agent, string NoticeText) : ToAgents(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        [new AgentSentCustomNotice(Agent, NoticeText, Visibility.Agents)];
}
