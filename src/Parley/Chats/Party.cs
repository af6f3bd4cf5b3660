namespace Parley.Chats;

/// <summary>Somebody who is or was in a chat's session.</summary>
/// <param name="Id">Unique within the chat.</param>
/// <param name="Number">
/// 1 for the customer, then in the order in which the customer got to know them: the only id that customers see. 0 for
/// whom the customer does not know, so that nobody hidden leaves a gap.
/// </param>
/// <param name="Agent">The user behind the party; null for the customer.</param>
/// <param name="Visibility">Who may notice this party.</param>
/// <param name="Order">The order of joining; whoever comes back comes last.</param>
public sealed record Party(
    PartyKind Kind, ParticipantId Id, int Number, string Nickname, AgentId? Agent = null, Visibility Visibility = Visibility.All,
    int Order = 0);

/// <summary>The sides of a chat.</summary>
public enum PartyKind
{
    Customer,
    Agent,

    /// <summary>An agent who supervises; only some doors tell the difference.</summary>
    Supervisor,

    /// <summary>The server itself.</summary>
    System,
}

/// <summary>Who may notice a party or read a message; each reaches fewer than the one before.</summary>
public enum Visibility
{
    /// <summary>Everyone, the customer included.</summary>
    All,

    /// <summary>Agents and supervisors.</summary>
    Agents,

    /// <summary>Supervisors only.</summary>
    Supervisors,
}
