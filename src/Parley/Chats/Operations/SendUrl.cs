namespace Parley.Chats.Operations;

/// <summary>An agent sends a link for the others to open.</summary>
/// <param name="Url">Absolute, http or https.</param>
/// <remarks>
/// Refused: as SendMessage.
/// Source: Web Services API Reference, "ChatSendURL".
/// </remarks>
public sealed record SendUrl(AgentId Agent, string Url) : ToEveryone(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new AgentPushedUrl(Agent, Url)];
}
