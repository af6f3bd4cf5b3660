namespace Parley.Chats;

/// <summary>One agent's part in one chat. It stays, in a terminal state, after the agent is done.</summary>
/// <param name="Role">As what the agent takes part, is invited to, or last took part.</param>
/// <param name="OfferedUntil">When the pending offer runs out; meaningful while Invited.</param>
/// <param name="InvitedBy">Whose request invited the agent last; null for routing.</param>
/// <param name="InviteReference">The reference id of that request.</param>
/// <param name="Party">The agent as a participant; null before the first joining.</param>
/// <param name="DeclinedAt">When the agent last let this chat go without taking it; null if never since somebody took it.</param>
/// <param name="IsSupervisor">It came to supervise, and knows of silent ones even when brought before the customer.</param>
public sealed record AgentPart(
    AgentId Agent, AgentChatState State, ChatRole Role = ChatRole.Owner, DateTimeOffset OfferedUntil = default,
    AgentId? InvitedBy = null, int? InviteReference = null, Party? Party = null, DateTimeOffset? DeclinedAt = null,
    bool InFocus = false, bool IsSupervisor = false)
{
    /// <summary>The agent is done with the chat and is told nothing more about it, unless it is offered again.</summary>
    public bool IsOver => State is AgentChatState.Completed or AgentChatState.Revoked;

    /// <summary>The agent has accepted the chat and is not done with it.</summary>
    public bool IsHeld => State is AgentChatState.Chatting or AgentChatState.LeftChat or AgentChatState.JoinFailed;

    public bool IsChatting => State == AgentChatState.Chatting;

    public bool IsInvited => State == AgentChatState.Invited;

    /// <summary>The agent takes part in the session and serves the customer.</summary>
    public bool IsServing => IsChatting && Role.Serves();

    /// <summary>A colleague asked the agent for help, who has not answered yet.</summary>
    public bool IsAskedForHelp => IsInvited && Role is (ChatRole.Consultant or ChatRole.Conferenced);
}

/// <summary>A chat's state in one agent's view; two agents on the same chat may be in different states.</summary>
/// <remarks>Source: "Chat Resource", "Leave", "Complete"; ChatReject; ChatMonitor.</remarks>
public enum AgentChatState
{
    /// <summary>Offered: the agent may accept or reject.</summary>
    Invited,

    /// <summary>The agent takes part in the live session.</summary>
    Chatting,

    /// <summary>The session is over for the customer; after-chat work is left.</summary>
    LeftChat,

    /// <summary>The agent accepted when there was no session left to join; after-chat work is possible.</summary>
    JoinFailed,

    /// <summary>The agent is done with the chat: by an action of its own, or removed by a colleague.</summary>
    Completed,

    /// <summary>The chat was taken away from the agent.</summary>
    Revoked,
}
