namespace Parley.Chats;

/// <summary>How long a chat has been quiet, as its customer can tell: what others do unseen shows in nothing of it.</summary>
/// <param name="Since">When somebody last joined, left, said or did something.</param>
/// <param name="Warning">The last warning since then; null when there was none.</param>
/// <param name="SignalledAt">When an application last sent a signal or a notice, where that counts as well.</param>
/// <param name="TypedAt">When somebody last typed, where that counts as well.</param>
public sealed record Idleness(
    DateTimeOffset Since, IdleWarning? Warning = null, DateTimeOffset SignalledAt = default, DateTimeOffset TypedAt = default)
{
    /// <summary>When somebody last did something that counts.</summary>
    public DateTimeOffset LastActivity(IdleNotices counted)
    {
        var last = Since;
        if (counted is IdleNotices.Major or IdleNotices.All && SignalledAt > last) last = SignalledAt;
        if (counted is IdleNotices.Typing or IdleNotices.All && TypedAt > last) last = TypedAt;
        return last;
    }

    /// <summary>The warning that nobody has answered yet by anything that counts; null if there is none.</summary>
    public IdleWarning? Pending(IdleNotices counted) =>
        Warning is { } warning && LastActivity(counted) <= warning.At ? warning : null;

    /// <summary>What an entry means for the quiet: only warnings, and what software says by itself, do not end it.</summary>
    internal Idleness After(Entry entry) => entry.Kind switch
    {
        _ when !Audience.MayNotice(Clearance.Customer, entry) => this,
        EntryKind.IdleAlert or EntryKind.IdleClose => this,
        EntryKind.TypingStarted or EntryKind.TypingStopped => this with { TypedAt = entry.At },
        EntryKind.CustomNotice or EntryKind.Notice => this with { SignalledAt = entry.At },
        EntryKind.Text when entry.TreatAs == TreatAs.System || entry.From.Kind == PartyKind.System => this,
        _ => this with { Since = entry.At, Warning = null },
    };
}

/// <summary>A warning that nobody says anything.</summary>
/// <param name="Next">What comes next if nobody answers it.</param>
/// <param name="At">When it was given.</param>
/// <param name="Until">When the next step is due; null if nothing follows.</param>
public sealed record IdleWarning(IdleStep Next, DateTimeOffset At, DateTimeOffset? Until);

/// <summary>What follows a warning that nobody says anything.</summary>
public enum IdleStep
{
    Alert,
    Close,
}

/// <summary>What ends the quiet besides joining, leaving, messages, links, files and new names.</summary>
/// <remarks>Source: "ChatInactivity".</remarks>
public enum IdleNotices
{
    None,

    /// <summary>Signals of applications.</summary>
    Major,

    /// <summary>Typing.</summary>
    Typing,

    All,
}
