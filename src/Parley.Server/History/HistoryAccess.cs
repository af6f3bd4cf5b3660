using Parley.Chats;
using Parley.Log.History;
using Parley.Server.Provisioning;

namespace Parley.Server.History;

/// <summary>Who may find out what about chats that are not its own.</summary>
/// <remarks>
/// Supervisors, administrators and other servers see all. Agents see the past of any contact, which they need to serve it, and
/// without a contact what they took part in themselves.
/// </remarks>
internal static class HistoryAccess
{
    public static bool IsToAll(User me) => Responsibility.IsBorneBy(me);

    public static Clearance ClearanceOf(User me) => IsToAll(me) ? Clearance.Supervisor : Clearance.Agent;

    public static bool IsTo(PastChat past, User me) =>
        IsToAll(me) || past.Record.Contact is not null
        || past.Record.Agents.Contains(me.Id) || past.Chat.Part(me.Id) is { IsOver: false };

    /// <summary>
    /// What the user may read of a chat that it may see, without what was only about to be said. Whoever is on the chat reads as
    /// much as its part in it allows.
    /// </summary>
    public static IEnumerable<Entry> EntriesOf(PastChat past, User me) =>
        (past.Chat.Part(me.Id) is { IsOver: false }
            ? Audience.EntriesFor(me.Id, past.Chat)
            : Audience.EntriesFor(ClearanceOf(me), past.Chat))
        .Where(entry => entry.Kind is not (EntryKind.TypingStarted or EntryKind.TypingStopped));
}
