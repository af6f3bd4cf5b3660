namespace Parley.Chats;

/// <summary>How long a chat has been quiet.</summary>
/// <param name="Since">When somebody last joined, left, said or did something.</param>
/// <param name="Warnings">How many warnings there have been since then.</param>
/// <param name="Until">When the last of them runs out.</param>
/// <param name="WarnedAt">When it was given.</param>
/// <param name="Notices">When somebody last typed or sent a signal, where that counts as well.</param>
public sealed record Idleness(
    DateTimeOffset Since, int Warnings = 0, DateTimeOffset? Until = null, DateTimeOffset WarnedAt = default,
    DateTimeOffset Notices = default)
{
    /// <summary>What an entry means for the quiet: only warnings themselves do not end it.</summary>
    internal Idleness After(Entry entry) => entry.Kind switch
    {
        EntryKind.IdleAlert or EntryKind.IdleClose => this,
        EntryKind.TypingStarted or EntryKind.TypingStopped or EntryKind.CustomNotice or EntryKind.Notice =>
            this with { Notices = entry.At },
        EntryKind.Text when entry.TreatAs == TreatAs.System || entry.From.Kind == PartyKind.System => this,
        _ => new(entry.At, Notices: Notices),
    };
}

/// <summary>What follows a warning that nobody says anything.</summary>
public enum IdleStep
{
    Alert,
    Close,
}
