namespace Parley.Chats;

/// <summary>Somebody who is or was in a chat's session.</summary>
/// <param name="Id">Unique within the chat.</param>
/// <param name="Number">1 for the customer, then in order of joining: the only id that customers see.</param>
/// <param name="Agent">The user behind the party; null for the customer.</param>
/// <param name="Visibility">Who may notice this party.</param>
public sealed record Party(
    PartyKind Kind, ParticipantId Id, int Number, string Nickname, AgentId? Agent = null, Visibility Visibility = Visibility.All);

/// <summary>The sides of a chat.</summary>
public enum PartyKind
{
    Customer,
    Agent,
    System,
}

/// <summary>Who may notice a party or read a message.</summary>
public enum Visibility
{
    /// <summary>Everyone, the customer included.</summary>
    All,

    /// <summary>Agents and supervisors.</summary>
    Agents,

    /// <summary>Supervisors only.</summary>
    Supervisors,
}
