namespace Parley.Chats.Operations;

/// <summary>An agent looks at this chat, or no longer does. Nobody is told; only reporting asks.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it, and after too many.
/// Source: the capability lists of "Leave" (InFocus) and of later pages (SetInFocus); no page describes it.
/// </remarks>
public sealed record SetInFocus(AgentId Agent, Focus Focus = Focus.Here) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat)
    {
        if (chat.Part(Agent)!.InFocus == (Focus == Focus.Here)) return [];
        return chat.Trifles < Trifle.Most ? [new AgentFocused(Agent, Focus == Focus.Here)] : Trifle.TooMany;
    }
}

/// <summary>The bound of what is stored of a chat without anything being left of it.</summary>
internal static class Trifle
{
    public const int Most = 10_000;

    /// <summary>What customers may have of it, so that something is left for agents.</summary>
    public const int MostOfCustomer = 5_000;

    public static readonly Rejection TooMany = new(
        Reason.InvalidInState,
        $"The focus was set, the history asked for or user data changed {Most} times in this chat; no more is kept.");
}

/// <summary>Whether the agent looks at the chat.</summary>
public enum Focus
{
    Here,
    Elsewhere,
}
