namespace Parley.Chats.Operations;

/// <summary>Whether the acting agent is to be remembered in the contact's profile, the <c>saveLAR</c> of the wire.</summary>
public enum SaveLastAgent
{
    No,
    Yes,
}

internal static class LastAgent
{
    public static ChatEvent[] Saved(AgentId agent, SaveLastAgent save) =>
        save == SaveLastAgent.Yes ? [new LastAgentSaved(agent)] : [];
}
