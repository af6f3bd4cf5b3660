namespace Parley.Chats.Operations;

/// <summary>An agent says how the interaction turned out; it is kept in the user data under the key.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it; OutOfRange when it gets too much;
/// Forbidden for silent supervisors, whom nobody may notice.
/// Source: Web Services API Reference, "ChatSetDisposition".
/// </remarks>
public sealed record SetDisposition(AgentId Agent, string Disposition, string Key = UserDataRules.DispositionKey)
    : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    public override bool IsFor(ChatRole role) => role != ChatRole.Monitor;

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        UserDataRules.Added(
            chat, new DispositionSet(Agent, Key, Disposition), UserDataRules.Empty.Add(Key, DataValue.Of(Disposition)));
}
