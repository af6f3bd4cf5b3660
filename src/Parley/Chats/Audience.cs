using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Who hears and sees what: the only place that decides it.</summary>
public static class Audience
{
    /// <summary>What the customer may read, in order; other parties' entries leave gaps in the indexes.</summary>
    public static IEnumerable<Entry> EntriesForCustomer(Chat chat, int from = 1) =>
        chat.Transcript.From(from).Where(e => e.Visibility == Visibility.All);

    /// <summary>What an agent on the chat may read, in order.</summary>
    public static IEnumerable<Entry> EntriesFor(AgentId agent, Chat chat, int from = 1) =>
        chat.Part(agent) is { IsOver: false }
            ? chat.Transcript.From(from).Where(e => e.Visibility != Visibility.Supervisors)
            : [];

    /// <summary>Who is in the session, as an agent in it sees it: agents by joining, then the customer; else nobody.</summary>
    public static ImmutableArray<Party> ParticipantsFor(AgentId agent, Chat chat)
    {
        if (!chat.IsChatting(agent)) return [];
        var agents = chat.Agents.Values
            .Where(p => p.State == AgentChatState.Chatting && p.Party is { Visibility: not Visibility.Supervisors })
            .Select(p => p.Party!)
            .OrderBy(p => p.Number);
        return chat.CustomerPresent ? [.. agents, chat.Customer] : [.. agents];
    }
}
