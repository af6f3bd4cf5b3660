using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>A chat as one agent sees it: the same for a read and for a notification.</summary>
public sealed record ChatView(
    ChatId Id, AgentChatState State, ImmutableArray<string> Capabilities, ImmutableArray<Party> Participants,
    ImmutableSortedDictionary<string, DataValue> UserData, DateTimeOffset ReceivedAt, int CustomerHasRead)
{
    /// <summary>The agent is done with the chat: only id and state are shown.</summary>
    public bool IsOver => State is AgentChatState.Completed or AgentChatState.Revoked;

    /// <summary>The view of an agent who is or was on the chat; null for anybody else.</summary>
    public static ChatView? Of(Chat chat, AgentId agent) =>
        chat.Part(agent) is { } part
            ? new(chat.Id, part.State, Chats.Capabilities.Of(chat, agent), Audience.ParticipantsFor(agent, chat), chat.UserData,
                chat.ReceivedAt,
                chat.CustomerHasRead)
            : null;

    /// <summary>
    /// The view of a supervisor who looks at an agent's chat: the agent's state, everyone in the session, and what the supervisor
    /// may do itself. Null when the agent is not on the chat, or is there without the supervisor being meant to know.
    /// </summary>
    /// <param name="chat">The chat.</param>
    /// <param name="agent">Whose chat it is.</param>
    /// <param name="supervisor">Who looks.</param>
    /// <param name="ways">The ways in, for who is not in it.</param>
    public static ChatView? Over(Chat chat, AgentId agent, AgentId supervisor, params ImmutableArray<string> ways) =>
        chat.Part(agent) is { IsOver: false } part && Audience.MayLookOver(supervisor, part, chat)
            ? new(chat.Id, part.State, CapabilitiesOf(chat, part, supervisor, ways),
                Audience.ParticipantsForLookers(supervisor, chat), chat.UserData, chat.ReceivedAt, chat.CustomerHasRead)
            : null;

    private static ImmutableArray<string> CapabilitiesOf(
        Chat chat, AgentPart watched, AgentId supervisor, ImmutableArray<string> ways) =>
        chat.Part(supervisor) is { IsOver: false } ? Chats.Capabilities.Of(chat, supervisor)
        : watched.IsChatting ? ways
        : [];
}
