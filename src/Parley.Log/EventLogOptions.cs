namespace Parley.Log;

/// <summary>The limits every engine keeps: of one append, of the queue before the writer, and of the tail behind it.</summary>
public sealed record EventLogOptions
{
    /// <summary>How many appends may wait for the writer. At the bound an append is refused at once.</summary>
    public int QueueAppends { get; init; } = 4_096;

    /// <summary>How many bytes of events may wait for the writer. At the bound an append is refused at once.</summary>
    public long QueueBytes { get; init; } = 64 << 20;

    /// <summary>How many appends share one commit at most.</summary>
    public int BatchAppends { get; init; } = 512;

    /// <summary>How many bytes of events share one commit; a single larger append is a batch of its own.</summary>
    public int BatchBytes { get; init; } = 4 << 20;

    /// <summary>How many streams one append may touch.</summary>
    public int AppendStreams { get; init; } = 64;

    /// <summary>How many events one append may store.</summary>
    public int AppendEvents { get; init; } = 1_024;

    /// <summary>How many bytes of events one append may store.</summary>
    public int AppendBytes { get; init; } = 4 << 20;

    /// <summary>The length of the longest stream name, event type and command id, in UTF-16 units.</summary>
    public int NameLength { get; init; } = 256;

    /// <summary>How many of the newest events are kept in memory for followers; who lags further reads from the store.</summary>
    public int WindowEvents { get; init; } = 16_384;

    /// <summary>How many bytes of the newest events are kept in memory for followers.</summary>
    public long WindowBytes { get; init; } = 32 << 20;

    /// <summary>
    /// How many events a lagging follower reads from the store at a time; the command at the end of it is always read whole.
    /// </summary>
    public int CatchUpEvents { get; init; } = 512;

    /// <summary>What is wrong with these options, one sentence each; empty if nothing is.</summary>
    public IEnumerable<string> Errors()
    {
        (string Name, long Value)[] all =
        [
            (nameof(QueueAppends), QueueAppends), (nameof(QueueBytes), QueueBytes), (nameof(BatchAppends), BatchAppends),
            (nameof(BatchBytes), BatchBytes), (nameof(AppendStreams), AppendStreams), (nameof(AppendEvents), AppendEvents),
            (nameof(AppendBytes), AppendBytes), (nameof(NameLength), NameLength), (nameof(WindowEvents), WindowEvents),
            (nameof(WindowBytes), WindowBytes), (nameof(CatchUpEvents), CatchUpEvents),
        ];
        foreach (var (name, value) in all)
            if (value < 1)
                yield return $"{name} is {value}; it must be at least 1.";
        if (QueueBytes < AppendBytes) yield return $"{nameof(QueueBytes)} must not be below {nameof(AppendBytes)}.";
    }
}
