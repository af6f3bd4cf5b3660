using Npgsql;
using Parley.Log.History;
using Parley.Log.Postgres.History;

namespace Parley.Log.Postgres;

/// <summary>The log in a PostgreSQL database that any number of nodes share.</summary>
/// <remarks>
/// Acknowledged events survive what the database survives (<c>synchronous_commit=on</c>). Each node gathers its appends into
/// batches; all batches of all nodes are stored one after the other, so that positions are dense and every node hears the same
/// order. A node holds at most <see cref="PostgresLogOptions.Readers"/> connections for reading, one to write, one to listen, one
/// for the tail, <see cref="PostgresLogOptions.FileConnections"/> for files and
/// <see cref="PostgresLogOptions.HistoryConnections"/> for the history.
/// </remarks>
public sealed class PostgresEventLog : IEventLog
{
    private readonly NpgsqlDataSource source;
    private readonly NpgsqlDataSource tailSource;
    private readonly Queries queries;
    private readonly PostgresFileShelf files;
    private readonly PostgresHistoryIndex history;
    private readonly CommittedTail tail;
    private readonly Wakeups wakeups;
    private readonly BatchWriter writer;
    private readonly GroupCommit commits;
    private readonly Lock gate = new();
    private Task? closing;

    private PostgresEventLog(PostgresLogOptions options, NpgsqlDataSource source, LogEvent? newest)
    {
        this.source = source;
        queries = new Queries(source);
        var board = new PostgresNodeBoard(source);
        Board = board;
        files = new PostgresFileShelf(options);
        history = new PostgresHistoryIndex(options);
        // slow readers must not keep anybody from being told
        tailSource = Database.Single(options);
        tail = new CommittedTail(options, new Queries(tailSource), queries, newest);
        wakeups = new Wakeups(options, tail, board);
        writer = new BatchWriter(options, tail);
        commits = new GroupCommit(options.Log, writer.Store);
    }

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <summary>What the nodes on this database tell each other.</summary>
    public INodeBoard Board { get; }

    /// <summary>The contents of chats' files, for all nodes.</summary>
    public IFileShelf Files => files;

    /// <summary>What can be found out about chats, for all nodes.</summary>
    public IHistoryIndex History => history;

    /// <summary>Opens the log of a database, making its tables if they are missing.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message lists everything that is.</exception>
    /// <exception cref="LogRefusedException">The log is of a newer version.</exception>
    /// <exception cref="LogUnavailableException">The database cannot be reached, or does not let this user in.</exception>
    public static async Task<PostgresEventLog> OpenAsync(PostgresLogOptions options)
    {
        var errors = string.Join(' ', options.Errors());
        if (errors.Length > 0) throw new ArgumentException(errors, nameof(options));
        var source = Database.Readers(options);
        try
        {
            await Migrations.ApplyAsync(source);
            return new PostgresEventLog(options, source, await new Queries(source).NewestAsync(CancellationToken.None));
        }
        catch (Exception e)
        {
            await source.DisposeAsync();
            throw e is NpgsqlException failure ? failure.AsUnavailable() : e;
        }
    }

    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default)
    {
        tail.DemandSame();
        return await commits.AppendAsync(append, cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        return queries.StreamAsync(stream, after, cancel);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
        queries.CommandAsync(stream, commandId, cancel);

    /// <inheritdoc/>
    public Task<int> VersionAsync(string stream, CancellationToken cancel = default) => queries.VersionAsync(stream, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
        queries.LiveAsync(prefix, cancel);

    /// <inheritdoc/>
    public async Task<Cursor> NowAsync(CancellationToken cancel = default) =>
        PositionCursor.At(await tail.CatchUpAsync().WaitAsync(cancel));

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogBatch> FollowAsync(
        Cursor from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        var after = PositionCursor.Parse(from);
        // the cursor may come from a node that was told more than this one
        if (after > tail.End) await tail.CatchUpAsync().WaitAsync(cancel);
        await foreach (var batch in tail.FollowAsync(after, cancel)) yield return batch;
    }

    /// <summary>Stores what was accepted, ends all following, and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate) closing ??= CloseAsync();
        await closing;
    }

    private async Task CloseAsync()
    {
        writer.StopRetrying();
        await commits.DisposeAsync();
        await wakeups.DisposeAsync();
        await tail.DisposeAsync();
        await tailSource.DisposeAsync();
        writer.Dispose();
        await files.DisposeAsync();
        await history.DisposeAsync();
        await source.DisposeAsync();
    }
}
