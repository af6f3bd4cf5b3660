namespace Parley.Log;

/// <summary>An append-only log of events in streams: the only source of truth.</summary>
/// <remarks>
/// Each event has a version in its stream (1, 2, 3 … without holes) and a position in the whole log. Engines differ in
/// where they keep it; what they promise is written down in the suite that every engine inherits.
/// </remarks>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Whether other processes append to this log, too.</summary>
    bool IsShared { get; }

    /// <summary>
    /// Stores all events of one command or none of them; returns once they would survive a crash. Concurrent calls share
    /// one commit, and one stale command never fails its neighbours.
    /// </summary>
    /// <remarks>
    /// Repeated wins over Stale. Cancelling helps only while the append waits for its turn, and then nothing is stored; from
    /// there on the outcome is awaited.
    /// </remarks>
    /// <exception cref="LogUnavailableException">
    /// The queue is full, the disk is, or the engine is gone: nothing is acknowledged. If it failed during the commit the events
    /// may be stored all the same; the same command id, tried again, tells.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// A bug of the caller: no streams, a stream twice, a stream without events, a name that is empty, too long or not plain
    /// text, or more than the engine's limits.
    /// </exception>
    Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default);

    /// <summary>
    /// The events of a stream with a version above <paramref name="after"/>, in order; none if the stream is unknown.
    /// </summary>
    Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default);

    /// <summary>The events that the command of this id left in the stream; none if it left none.</summary>
    Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default);

    /// <summary>The version of a stream's last event; 0 if the stream is unknown.</summary>
    Task<int> VersionAsync(string stream, CancellationToken cancel = default);

    /// <summary>
    /// The streams whose names start with the prefix and whose life has begun and not ended, ordered by name. Their number, not
    /// the length of history, decides how long a start takes.
    /// </summary>
    Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default);

    /// <summary>
    /// Where the log ends now, whoever appended: everything before it can be read and is on its way to followers, everything
    /// after it comes from <see cref="FollowAsync"/>. Calls at the same time share one look.
    /// </summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    Task<Cursor> NowAsync(CancellationToken cancel = default);

    /// <summary>
    /// Every event after the cursor, each once, in commit order, for ever. The events of one command stand together in one
    /// batch, stream by stream in the order of the append.
    /// A slow follower holds nobody up.
    /// </summary>
    /// <exception cref="ArgumentException">The cursor was not made by this log.</exception>
    /// <exception cref="LogUnavailableException">
    /// The log was closed, or cannot be read now: follow again from the last batch.
    /// </exception>
    /// <exception cref="LogReplacedException">Events that were told are gone from the store.</exception>
    IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default);
}

/// <summary>An event to store: a name that never changes, and versioned JSON.</summary>
/// <param name="Data">Handed over: the log and its followers keep this memory, so it must never change again.</param>
public readonly record struct NewEvent(string Type, ReadOnlyMemory<byte> Data);

/// <summary>An event as stored.</summary>
/// <param name="Version">1, 2, 3 … within the stream, without holes.</param>
/// <param name="Position">Order within one read of the log; may have gaps, and is never a cursor.</param>
/// <param name="CommandId">The command that caused it; the same for all events of one command.</param>
public sealed record LogEvent(
    string Stream, int Version, long Position, string Type, ReadOnlyMemory<byte> Data, string CommandId);

/// <summary>What one command stores: for each stream the events and the version they were decided at.</summary>
/// <param name="CommandId">Unique per stream; the idempotency key where the caller gave one, else a new id.</param>
public sealed record Append(string CommandId, IReadOnlyList<StreamAppend> Streams);

/// <summary>One stream's part of an <see cref="Append"/>: at least one event.</summary>
public sealed record StreamAppend(
    string Stream, int ExpectedVersion, IReadOnlyList<NewEvent> Events, StreamLife Life = StreamLife.Continues);

/// <summary>What an append does to the life of its stream.</summary>
public enum StreamLife
{
    /// <summary>Nothing.</summary>
    Continues,

    /// <summary>
    /// The first of these events begins a life: who loads the stream need not read what lies before. A stream that was live
    /// begins anew.
    /// </summary>
    Begins,

    /// <summary>The last of these events ends the life, if there is one: the stream is no longer listed as live.</summary>
    Ends,
}

/// <summary>How an append ended.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Stored,

    /// <summary>A stream had moved on: nothing is stored. Read what is new and decide again.</summary>
    Stale,

    /// <summary>One of the streams already holds a command of this id: nothing is stored now, it was before.</summary>
    Repeated,
}

/// <summary>A stream that is live, and the version of the first event of its present life.</summary>
public readonly record struct LiveStream(string Stream, int Began);

/// <summary>Where a follower stands. Only the log that made it can read it, before and after a restart.</summary>
public readonly record struct Cursor(string Text)
{
    /// <summary>Before the first event of any log.</summary>
    public static Cursor Beginning => new("");
}

/// <summary>Some events in commit order, and where to go on from.</summary>
public sealed record LogBatch(IReadOnlyList<LogEvent> Events, Cursor Next);

/// <summary>The log cannot take or give events now; the message says why, for the person who runs the server.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The same for those who may not read the message, which names paths and addresses.</summary>
    public LogTrouble Trouble { get; init; }
}

/// <summary>
/// The store behind a log lacks events that were already told: it was put back to an earlier state. What was folded from it is
/// worth nothing any more, so the process must start anew.
/// </summary>
public sealed class LogReplacedException(string message) : Exception(message);
