namespace Parley.Chats.Operations;

/// <summary>An agent looks at this chat, or no longer does. Nobody is told; only reporting asks.</summary>
/// <remarks>
/// Refused: InvalidInState unless the agent has accepted the chat and is not done with it.
/// Source: the capability lists of "Leave" (InFocus) and of later pages (SetInFocus); no page describes it.
/// </remarks>
public sealed record SetInFocus(AgentId Agent, Focus Focus = Focus.Here) : AgentOperation(Agent)
{
    public override bool IsOpen(Chat chat) => chat.IsHeldBy(Agent);

    protected internal override Decision<ChatEvent> Effects(Chat chat) =>
        chat.Part(Agent)!.InFocus == (Focus == Focus.Here) ? [] : [new AgentFocused(Agent, Focus == Focus.Here)];
}

/// <summary>Whether the agent looks at the chat.</summary>
public enum Focus
{
    Here,
    Elsewhere,
}
