using System.Globalization;
using Parley.Chats;

namespace Parley.Server.Customers;

/// <summary>How each door calls what is in a transcript: the tables, all in one place.</summary>
/// <remarks>Source: "APIResponses" (doors B and C), "CustomerChatMessages" (door A), "ChatSend" (agents).</remarks>
internal static class Projection
{
    /// <summary>The type of an event for doors B and C.</summary>
    public static string GmsType(EntryKind kind) => kind switch
    {
        EntryKind.Text => "Message",
        EntryKind.ParticipantRejoined => "ParticipantJoined",
        _ => kind.ToString(),
    };

    /// <summary>
    /// Customers are never shown their own typing, and that of others only while it is the last thing the other did: repeating
    /// old typing makes clients flicker.
    /// </summary>
    public static IEnumerable<Entry> WithoutStaleTyping(IEnumerable<Entry> read)
    {
        Entry[] entries = [.. read];
        var lastOf = new Dictionary<int, int>();
        foreach (var entry in entries) lastOf[entry.From.Number] = entry.Index;
        return entries.Where(e =>
            e.Kind is not (EntryKind.TypingStarted or EntryKind.TypingStopped)
            || (e.From.Kind != PartyKind.Customer && lastOf[e.From.Number] == e.Index));
    }

    /// <summary>The type of a sender for doors B and C.</summary>
    public static string GmsSide(PartyKind kind) => kind switch
    {
        PartyKind.Customer => "Client",
        PartyKind.Agent => "Agent",
        PartyKind.Supervisor => "Supervisor",
        _ => "External",
    };

    /// <summary>The type of a message for door A; null for what its clients do not know.</summary>
    public static string? GwsType(EntryKind kind) => kind switch
    {
        EntryKind.Text or EntryKind.PushUrl or EntryKind.IdleAlert or EntryKind.IdleClose => nameof(EntryKind.Text),
        EntryKind.ParticipantJoined or EntryKind.ParticipantLeft or EntryKind.ParticipantRejoined
            or EntryKind.TypingStarted or EntryKind.TypingStopped => kind.ToString(),
        _ => null,
    };

    /// <summary>Whether clients of door A know such an entry; a warning without words is nothing they could show.</summary>
    public static bool IsForGws(Entry entry) =>
        GwsType(entry.Kind) is not null
        && (entry.Text is not null || entry.Kind is not (EntryKind.IdleAlert or EntryKind.IdleClose));

    /// <summary>The type of a sender for door A.</summary>
    public static string GwsSide(PartyKind kind) => kind switch
    {
        PartyKind.Customer => "Customer",
        PartyKind.System => "External",
        _ => "Agent",
    };

    /// <summary>The type of a message for agents.</summary>
    public static string AgentType(EntryKind kind) => kind switch
    {
        EntryKind.NicknameUpdated or EntryKind.FileUploaded or EntryKind.FileDeleted
            or EntryKind.IdleAlert or EntryKind.IdleClose => nameof(EntryKind.Notice),
        _ => kind.ToString(),
    };

    /// <summary>The side of a participant for agents, to whom a supervisor is an agent as well.</summary>
    public static PartyKind AgentSide(PartyKind kind) => kind == PartyKind.Supervisor ? PartyKind.Agent : kind;

    /// <summary>What belongs to a file or a warning, all as text.</summary>
    public static IReadOnlyList<(string Key, string Value)> DataOf(Entry entry) => entry switch
    {
        { File: { } file, Kind: EntryKind.FileDeleted } => [("file-id", file.Id)],
        { File: { } file } =>
        [
            ("file-id", file.Id), ("file-name", file.Name), ("file-size", file.Size.ToString(CultureInfo.InvariantCulture)),
            .. file.Description is { } description ? [("file-description", description)] : Array.Empty<(string, string)>(),
        ],
        { Idle: { } idle } =>
        [
            ("next-idle-timer-type", idle.Next == IdleStep.Close ? "CLOSE" : "ALERT"),
            ("next-idle-timer-secs", idle.Seconds.ToString(CultureInfo.InvariantCulture)),
        ],
        _ => [],
    };
}
