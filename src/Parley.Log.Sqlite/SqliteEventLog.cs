using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>The log in a SQLite database: one process, one writer, readers beside it.</summary>
/// <remarks>
/// Acknowledged events survive a kill and a power cut (write-ahead log, <c>synchronous=FULL</c>). The data directory holds
/// <c>log.db</c>, its <c>-wal</c> and <c>-shm</c> companions, and <c>log.lock</c>.
/// </remarks>
public sealed class SqliteEventLog : IEventLog
{
    private readonly DirectoryLock directory;
    private readonly ReadConnections readers;
    private readonly LogTail tail;
    private readonly BatchWriter writer;
    private readonly GroupCommit commits;
    private readonly Lock gate = new();
    private Task? closing;

    private SqliteEventLog(SqliteLogOptions options, DirectoryLock directory)
    {
        this.directory = directory;
        var path = Database.Prepare(options);
        var write = new WriteStatements(path, options);
        readers = new ReadConnections(path, options);
        tail = new LogTail(
            write.End(), options.Log,
            (after, end, cancel) => readers.ReadAsync(read => read.After(after, end, options.Log.CatchUpEvents), cancel));
        writer = new BatchWriter(path, options, tail, write);
        commits = new GroupCommit(options.Log, writer.Store);
    }

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <summary>Opens the log of a data directory, making both if they are missing.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message lists everything that is.</exception>
    /// <exception cref="LogRefusedException">The log is damaged, of a newer version, or in use by another process.</exception>
    /// <exception cref="LogUnavailableException">The database cannot be opened or written.</exception>
    public static Task<SqliteEventLog> OpenAsync(SqliteLogOptions options)
    {
        var errors = string.Join(' ', options.Errors());
        if (errors.Length > 0) throw new ArgumentException(errors, nameof(options));
        return Task.Run(() => Open(options));
    }

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default) =>
        commits.AppendAsync(append, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return readers.ReadAsync(read => read.Stream(stream, after), cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
        readers.ReadAsync(read => read.Command(stream, commandId), cancel);

    /// <inheritdoc/>
    public Task<int> VersionAsync(string stream, CancellationToken cancel = default) =>
        readers.ReadAsync(read => read.Version(stream), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
        readers.ReadAsync(read => read.Live(prefix), cancel);

    /// <inheritdoc/>
    public Task<Cursor> NowAsync(CancellationToken cancel = default) => Task.FromResult(PositionCursor.At(tail.End));

    /// <inheritdoc/>
    public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
        tail.FollowAsync(PositionCursor.Parse(from), cancel);

    /// <summary>Stores what was accepted, ends all following, and lets go of the data directory.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate) closing ??= CloseAsync();
        await closing;
    }

    private static SqliteEventLog Open(SqliteLogOptions options)
    {
        SqliteLibrary.Bind();
        DirectoryLock? directory = null;
        try
        {
            // only the server's own user may look into it: it holds what people said to each other
            Folder.Create(options.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            directory = DirectoryLock.Take(options.DataDirectory);
            return new SqliteEventLog(options, directory);
        }
        catch (Exception e)
        {
            directory?.Dispose();
            if (e is SqliteException failure) throw failure.AsUnavailable(options.DataDirectory);
            if (e is IOException or UnauthorizedAccessException)
                throw new LogUnavailableException($"The data directory {options.DataDirectory} cannot be used: {e.Message}", e);
            throw;
        }
    }

    private async Task CloseAsync()
    {
        await commits.DisposeAsync();
        tail.Close();
        await readers.DisposeAsync();
        writer.Dispose();
        directory.Dispose();
    }
}
