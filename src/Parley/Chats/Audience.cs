using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>Who hears and sees what: the only place that decides it.</summary>
public static class Audience
{
    /// <summary>What the customer may read, in order; other parties' entries leave gaps in the indexes.</summary>
    public static IEnumerable<Entry> EntriesForCustomer(Chat chat, int from = 1) => EntriesFor(Clearance.Customer, chat, from);

    /// <summary>What an agent on the chat may read, in order.</summary>
    public static IEnumerable<Entry> EntriesFor(AgentId agent, Chat chat, int from = 1) =>
        chat.Part(agent) is { IsOver: false } part ? EntriesFor(Of(part), chat, from) : [];

    /// <summary>What somebody of this clearance may read, in order.</summary>
    public static IEnumerable<Entry> EntriesFor(Clearance clearance, Chat chat, int from = 1) =>
        chat.Transcript.From(from).Select(e => Shown(e, clearance)).OfType<Entry>();

    /// <summary>Who is in the session, as an agent in it sees it: agents by joining, then the customer; else nobody.</summary>
    public static ImmutableArray<Party> ParticipantsFor(AgentId agent, Chat chat) =>
        chat.Part(agent) is { IsChatting: true } part ? ParticipantsFor(Of(part), chat) : [];

    /// <summary>Who is in the session, as somebody of this clearance sees it.</summary>
    public static ImmutableArray<Party> ParticipantsFor(Clearance clearance, Chat chat)
    {
        var agents = chat.Agents.Values
            .Where(p => p.IsChatting && clearance.Sees(p.Party!.Visibility))
            .Select(p => p.Party!)
            .OrderBy(p => p.Order);
        return chat.CustomerPresent ? [.. agents, chat.Customer] : [.. agents];
    }

    /// <summary>Who is in the session, as a supervisor sees it who looks from outside, or as what it takes part itself.</summary>
    public static ImmutableArray<Party> ParticipantsForLookers(AgentId supervisor, Chat chat) =>
        ParticipantsFor(chat.Part(supervisor) is { IsOver: false } own ? Of(own) : Clearance.Supervisor, chat);

    /// <summary>
    /// Whether a supervisor may see that the other is on the chat: whoever works on it itself sees no more of it than its part
    /// allows, wherever it looks from.
    /// </summary>
    public static bool MayLookOver(AgentId supervisor, AgentPart other, Chat chat) =>
        chat.Part(supervisor) is not { IsOver: false } own || MayNotice(own, other);

    /// <summary>Whether an agent on the chat may know that the other takes part in it, or is asked to.</summary>
    public static bool MayNotice(AgentPart viewer, AgentPart other) => Of(viewer).Sees(other.Role.Visibility());

    /// <summary>Whether somebody of this clearance is shown anything of an entry.</summary>
    internal static bool MayNotice(Clearance clearance, Entry entry) => Shown(entry, clearance) is not null;

    /// <summary>Whether the agent has somebody to talk to behind the customer's back.</summary>
    public static bool HasColleagues(AgentId agent, Chat chat) =>
        chat.Part(agent) is { IsChatting: true } me
        && chat.Agents.Values.Any(p => p.Agent != agent && p.IsChatting && MayNotice(me, p));

    /// <summary>What is only told to supervisors, outside the transcript: the comings and goings of silent ones.</summary>
    internal static bool HearsService(AgentPart viewer) => Of(viewer) == Clearance.Supervisor;

    private static Clearance Of(AgentPart part) => part.IsSupervisor ? Clearance.Supervisor : Clearance.Agent;

    private static bool Sees(this Clearance clearance, Visibility visibility) => clearance switch
    {
        Clearance.Customer => visibility == Visibility.All,
        Clearance.Agent => visibility != Visibility.Supervisors,
        _ => true,
    };

    /// <summary>
    /// An entry as it is shown to one side. Somebody who comes into sight has joined, who stays in sight has joined again, and
    /// who goes out of sight has left.
    /// </summary>
    private static Entry? Shown(Entry entry, Clearance clearance)
    {
        var sees = clearance.Sees(entry.Visibility);
        var saw = entry.Earlier is { } earlier && clearance.Sees(earlier.Visibility);
        return entry.Kind switch
        {
            EntryKind.RoleChanged when !sees && saw => entry with
            {
                Kind = EntryKind.ParticipantLeft, From = entry.Earlier!, Visibility = entry.Earlier!.Visibility, Earlier = null,
            },
            _ when !sees => null,
            EntryKind.RoleChanged or EntryKind.ParticipantRejoined => entry with
            {
                Kind = saw ? EntryKind.ParticipantRejoined : EntryKind.ParticipantJoined, Earlier = null,
            },
            // what stands in the input box is for agents
            EntryKind.TypingStarted when clearance == Clearance.Customer && entry.Text is not null => entry with { Text = null },
            _ => entry,
        };
    }
}

/// <summary>How much of a chat somebody may know of.</summary>
public enum Clearance
{
    /// <summary>What is meant for everyone.</summary>
    Customer,

    /// <summary>Also what agents say among themselves.</summary>
    Agent,

    /// <summary>Also who supervises silently.</summary>
    Supervisor,
}
