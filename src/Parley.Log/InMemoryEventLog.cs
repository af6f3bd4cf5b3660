namespace Parley.Log;

/// <summary>The log in memory, for tests: every append is a commit of its own and is done when the call returns.</summary>
public sealed class InMemoryEventLog : IEventLog
{
    private readonly EventLogOptions limits;
    private readonly Lock gate = new();
    private readonly Dictionary<string, StoredStream> streams = [];
    private readonly LogTail tail;
    private long position;
    private bool closed;

    /// <summary>An empty log.</summary>
    /// <param name="options">The limits of an append.</param>
    /// <param name="isShared">Whether several servers are to work on it, as several nodes do on one database.</param>
    public InMemoryEventLog(EventLogOptions? options = null, bool isShared = false)
    {
        IsShared = isShared;
        limits = options ?? new EventLogOptions();
        var unbounded = limits with { WindowEvents = int.MaxValue, WindowBytes = long.MaxValue };
        tail = new LogTail(0, unbounded, (_, _, _) => throw new InvalidOperationException("Nothing lies behind."));
    }

    /// <inheritdoc/>
    public bool IsShared { get; }

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default)
    {
        AppendRules.CheckedBytes(append, limits);
        if (cancel.IsCancellationRequested) return Task.FromCanceled<AppendOutcome>(cancel);
        lock (gate)
        {
            if (closed) return Task.FromException<AppendOutcome>(new LogUnavailableException("The log is closed."));
            return Task.FromResult(Store(append));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return Read<IReadOnlyList<LogEvent>>(
            () => streams.TryGetValue(stream, out var found) && after < found.Events.Count ? found.From(after) : []);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
        Read<IReadOnlyList<LogEvent>>(() =>
            streams.TryGetValue(stream, out var found) && found.FirstOfCommand.TryGetValue(commandId, out var first)
                ? [.. found.Events.Skip(first).TakeWhile(e => e.CommandId == commandId)]
                : []);

    /// <inheritdoc/>
    public Task<int> VersionAsync(string stream, CancellationToken cancel = default) => Read(() => Version(stream));

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
        Read<IReadOnlyList<LiveStream>>(() =>
        [
            .. streams.Where(pair => pair.Value.Began > 0 && pair.Key.StartsWith(prefix, StringComparison.Ordinal))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new LiveStream(pair.Key, pair.Value.Began)),
        ]);

    /// <inheritdoc/>
    public Task<Cursor> NowAsync(CancellationToken cancel = default) => Read(() => PositionCursor.At(position));

    /// <inheritdoc/>
    public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
        tail.FollowAsync(PositionCursor.Parse(from), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (gate) closed = true;
        tail.Close();
        return ValueTask.CompletedTask;
    }

    private AppendOutcome Store(Append append)
    {
        foreach (var part in append.Streams)
            if (streams.TryGetValue(part.Stream, out var stream) && stream.FirstOfCommand.ContainsKey(append.CommandId))
                return AppendOutcome.Repeated;
        foreach (var part in append.Streams)
            if (Version(part.Stream) != part.ExpectedVersion)
                return AppendOutcome.Stale;

        var commit = new LogEvent[append.Streams.Sum(part => part.Events.Count)];
        var stored = 0;
        foreach (var part in append.Streams)
        {
            if (!streams.TryGetValue(part.Stream, out var stream)) streams[part.Stream] = stream = new StoredStream();
            stream.FirstOfCommand.Add(append.CommandId, stream.Events.Count);
            foreach (var (type, data) in part.Events)
            {
                var version = stream.Events.Count + 1;
                var e = new LogEvent(part.Stream, version, ++position, type, data, append.CommandId);
                stream.Events.Add(e);
                commit[stored++] = e;
            }
            stream.Began = part.Life switch
            {
                StreamLife.Begins => part.ExpectedVersion + 1,
                StreamLife.Ends => 0,
                _ => stream.Began,
            };
        }
        tail.Publish(commit);
        return AppendOutcome.Stored;
    }

    private int Version(string stream) => streams.TryGetValue(stream, out var found) ? found.Events.Count : 0;

    private Task<T> Read<T>(Func<T> read)
    {
        lock (gate)
            return closed ? Task.FromException<T>(new LogUnavailableException("The log is closed.")) : Task.FromResult(read());
    }

    private sealed class StoredStream
    {
        public List<LogEvent> Events { get; } = [];

        public List<LogEvent> From(int index) => Events.GetRange(index, Events.Count - index);

        /// <summary>By command id, the index of its first event.</summary>
        public Dictionary<string, int> FirstOfCommand { get; } = [];

        /// <summary>The version of the first event of the present life; 0 if the stream is not live.</summary>
        public int Began { get; set; }
    }
}
