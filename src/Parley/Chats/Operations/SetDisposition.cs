namespace Parley.Chats.Operations;

/// <summary>An agent says how the interaction turned out; it is kept in the user data under the key.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it, and when it gets too much;
/// Forbidden for silent supervisors.
/// Source: Web Services API Reference, "ChatSetDisposition".
/// </remarks>
public sealed record SetDisposition(AgentId Agent, string Disposition, string Key = UserDataRules.DispositionKey)
    : DataOperation(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        UserDataRules.Added(
            chat, new DispositionSet(Agent, Key, Disposition), UserDataRules.Empty.Add(Key, DataValue.Of(Disposition)));
}
