namespace Parley.Chats;

/// <summary>As what an agent takes part in a chat, or is invited to.</summary>
/// <remarks>
/// What follows from it: who may notice the agent, what the agent may do, and what becomes of the chat when the agent goes.
/// </remarks>
public enum ChatRole
{
    /// <summary>The one whose work the chat is; as long as agents serve the customer there is one, or one is invited.</summary>
    Owner,

    /// <summary>A further agent in a conference, known to the customer.</summary>
    Conferenced,

    /// <summary>Asked for advice; the customer neither sees nor hears the agent.</summary>
    Consultant,

    /// <summary>A supervisor who reads along and whom only supervisors notice.</summary>
    Monitor,

    /// <summary>A supervisor who talks to the agents; the customer does not notice.</summary>
    Coach,

    /// <summary>A supervisor who talks to everyone.</summary>
    BargeIn,
}

/// <summary>What follows from a role alone.</summary>
public static class ChatRoles
{
    /// <summary>Who may notice an agent in this role.</summary>
    public static Visibility Visibility(this ChatRole role) => role switch
    {
        ChatRole.Consultant or ChatRole.Coach => Chats.Visibility.Agents,
        ChatRole.Monitor => Chats.Visibility.Supervisors,
        _ => Chats.Visibility.All,
    };

    /// <summary>The agent serves the customer: the session and the interaction depend on it.</summary>
    public static bool Serves(this ChatRole role) => role is ChatRole.Owner or ChatRole.Conferenced;

    public static bool Supervises(this ChatRole role) => role is ChatRole.Monitor or ChatRole.Coach or ChatRole.BargeIn;

    /// <summary>The side on which an agent in this role is.</summary>
    public static PartyKind Side(this ChatRole role) => role.Supervises() ? PartyKind.Supervisor : PartyKind.Agent;

    /// <summary>The customer is meant to notice the agent.</summary>
    public static bool IsSeenByAll(this ChatRole role) => role.Visibility() == Chats.Visibility.All;
}
