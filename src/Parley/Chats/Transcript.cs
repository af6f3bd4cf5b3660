using System.Collections.Immutable;

namespace Parley.Chats;

/// <summary>
/// All entries of a chat in order. Indexes start at 1, have no holes, never change, and are the same for everyone.
/// </summary>
public sealed class Transcript
{
    /// <summary>With so many entries nobody can add to the talk any more; leaving and the like still are written.</summary>
    public const int MaxEntries = 20_000;

    /// <summary>The same in characters of text.</summary>
    public const int MaxLength = 8 << 20;

    public static readonly Transcript Empty = new([], 0);

    private readonly ImmutableList<Entry> entries;
    private readonly int length;

    private Transcript(ImmutableList<Entry> entries, int length) => (this.entries, this.length) = (entries, length);

    /// <summary>Whether there is room for more talk.</summary>
    public bool HasRoom => Count < MaxEntries && length < MaxLength;

    /// <summary>The number of entries, which is the index of the last one.</summary>
    public int Count => entries.Count;

    /// <summary>The last entry; null while there is none.</summary>
    public Entry? Last => entries.IsEmpty ? null : entries[^1];

    /// <summary>Adds an entry under the next index.</summary>
    internal Transcript Add(Entry entry) =>
        new(entries.Add(entry with { Index = Count + 1 }), length + entry.Length);

    /// <summary>The latest entry of a kind; null if there is none.</summary>
    public Entry? LatestOf(Func<Entry, bool> kind)
    {
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            if (kind(entries[i])) return entries[i];
        }
        return null;
    }

    /// <summary>The entries from an index on, in order; an index below 1 counts as 1.</summary>
    public IEnumerable<Entry> From(int index)
    {
        for (var i = Math.Max(index, 1) - 1; i < entries.Count; i++) yield return entries[i];
    }
}

/// <summary>One numbered line of a transcript.</summary>
/// <param name="Text">What was said; the link of a PushUrl, the signal of a CustomNotice.</param>
/// <param name="MessageType">The sender's free label of a text; null where none was given.</param>
/// <param name="Attributes">Structured content beside the text: a JSON object, or null.</param>
/// <param name="File">The file that was added or removed.</param>
/// <param name="Idle">What a warning announces.</param>
/// <param name="Quit">Why the customer's session ended; only on the customer's own leaving.</param>
/// <param name="Earlier">The same party before, where it was known: who knew it then is told other than who did not.</param>
public sealed record Entry(
    EntryKind Kind, Party From, DateTimeOffset At, string? Text = null, string? MessageType = null,
    TreatAs TreatAs = TreatAs.Normal, Visibility Visibility = Visibility.All, QuitReason? Quit = null, Party? Earlier = null,
    string? Attributes = null, ChatFile? File = null, IdleNotice? Idle = null)
{
    /// <summary>The index of a message that is not part of the transcript.</summary>
    public const int ServiceIndex = -1;

    public int Index { get; init; }

    /// <summary>How much it holds, in characters.</summary>
    public int Length => (Text?.Length ?? 0) + (Attributes?.Length ?? 0) + (File?.Description?.Length ?? 0);
}

/// <summary>What comes next if nobody says anything, and in how many seconds.</summary>
public sealed record IdleNotice(IdleStep Next, int Seconds);

/// <summary>The kinds of transcript entry; each door and API spells them its own way.</summary>
public enum EntryKind
{
    ParticipantJoined,
    ParticipantLeft,
    ParticipantRejoined,
    Text,
    TypingStarted,
    TypingStopped,
    PushUrl,
    Notice,
    CustomNotice,
    NicknameUpdated,
    FileUploaded,
    FileDeleted,
    IdleAlert,
    IdleClose,

    /// <summary>Somebody goes on in another role; nobody is shown this itself, each side gets its own reading of it.</summary>
    RoleChanged,
}

/// <summary>Whether an agent typed a text or software sent it; delivered alike, counted differently.</summary>
public enum TreatAs
{
    Normal,
    System,
}
