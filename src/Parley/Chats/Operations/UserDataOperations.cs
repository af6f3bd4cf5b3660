using System.Collections.Immutable;

namespace Parley.Chats.Operations;

/// <summary>An agent changes the data of the interaction; a silent supervisor leaves no trace in it.</summary>
public abstract record DataOperation(AgentId Agent) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    public override bool IsFor(ChatRole role) => role != ChatRole.Monitor;
}

/// <summary>An agent adds pairs to the user data; a key that is there already is overwritten.</summary>
/// <remarks>
/// Everyone on the chat is told the whole result, also when nothing changed: the requester waits for it.
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it, and when it gets too much;
/// Forbidden for silent supervisors.
/// Source: Web Services API Reference, "ChatAttachUserData".
/// </remarks>
public sealed record AttachUserData(AgentId Agent, ImmutableSortedDictionary<string, DataValue> UserData) : DataOperation(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        UserDataRules.Added(chat, new UserDataChanged(UserData, []), UserData);
}

/// <summary>An agent overwrites pairs of the user data and leaves the others; a new key is added.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it, and when it gets too much;
/// Forbidden for silent supervisors.
/// Source: Web Services API Reference, "ChatUpdateUserData".
/// </remarks>
public sealed record UpdateUserData(AgentId Agent, ImmutableSortedDictionary<string, DataValue> UserData) : DataOperation(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        UserDataRules.Added(chat, new UserDataChanged(UserData, []), UserData);
}

/// <summary>An agent removes keys from the user data; a key that is not there is no error.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it; Forbidden for silent
/// supervisors.
/// Source: Web Services API Reference, "ChatDeleteUserData".
/// </remarks>
public sealed record DeleteUserData(AgentId Agent, ImmutableArray<string> Keys) : DataOperation(Agent)
{
    protected internal override Decision<ChatEvent> Effects(Chat chat) => [new UserDataChanged(UserDataRules.Empty, Keys)];
}
