using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Parley.Log.History;

namespace Parley.Log.Sqlite.History;

/// <summary>The history in a SQLite database of its own beside that of the log, with FTS5 for what was said.</summary>
/// <remarks>
/// The data directory gets <c>history.db</c>. It is opened when it is first asked for; whoever opens the log has the directory
/// to itself.
/// </remarks>
public sealed class SqliteHistoryIndex : IHistoryIndex
{
    private readonly string path;
    private readonly SqliteLogOptions options;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly SemaphoreSlim reading;
    private readonly ConcurrentBag<HistoryReader> idle = [];
    private HistoryWriter? writer;
    private volatile bool isClosed;

    /// <summary>The history of a data directory.</summary>
    /// <param name="options">Those of the log; its bound of size counts for each of the two.</param>
    public SqliteHistoryIndex(SqliteLogOptions options)
    {
        this.options = options;
        path = HistoryFile.PathIn(options.DataDirectory);
        reading = new SemaphoreSlim(options.Readers, options.Readers);
        SqliteLibrary.Bind();
    }

    /// <inheritdoc/>
    public Task<HistoryPlace> PlaceAsync(CancellationToken cancel = default) => WriteAsync(w => w.Place(), cancel);

    /// <inheritdoc/>
    public Task<bool> ApplyAsync(
        HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes, CancellationToken cancel = default) =>
        WriteAsync(w => w.Apply(from, to, changes), cancel);

    /// <inheritdoc/>
    public async Task<HistoryPage> FindAsync(HistoryQuery query, CancellationToken cancel = default)
    {
        // the file is there, and of this version
        if (writer is null) await PlaceAsync(cancel);
        await reading.WaitAsync(cancel);
        try
        {
            // a search may take its time, and it does not wait for anything meanwhile
            return await Task.Run(() => Read(query, cancel), CancellationToken.None);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ClearAsync(int version, CancellationToken cancel = default)
    {
        await writing.WaitAsync(cancel);
        try
        {
            for (var i = 0; i < options.Readers; i++) await reading.WaitAsync(CancellationToken.None);
            try
            {
                Close();
                Try(() => HistoryFile.Delete(path));
                Try(() => Writer().Set(HistoryPlace.Beginning(version)));
            }
            finally
            {
                reading.Release(options.Readers);
            }
        }
        finally
        {
            writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writing.WaitAsync();
        for (var i = 0; i < options.Readers; i++) await reading.WaitAsync();
        isClosed = true;
        Close();
        reading.Release(options.Readers);
        writing.Release();
    }

    private async Task<T> WriteAsync<T>(Func<HistoryWriter, T> write, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel);
        try
        {
            return Try(() => write(Writer()));
        }
        catch
        {
            writer?.Dispose();
            writer = null;
            throw;
        }
        finally
        {
            writing.Release();
        }
    }

    private HistoryPage Read(HistoryQuery query, CancellationToken cancel)
    {
        if (isClosed) throw Closed();
        if (!idle.TryTake(out var reader)) reader = Try(() => new HistoryReader(path, options));
        try
        {
            var page = Try(() => reader.Find(query, cancel));
            idle.Add(reader);
            return page;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private HistoryWriter Writer()
    {
        if (isClosed) throw Closed();
        if (writer is not null) return writer;
        HistoryFile.Prepare(path, options);
        return writer = new HistoryWriter(path, options);
    }

    private void Close()
    {
        writer?.Dispose();
        writer = null;
        while (idle.TryTake(out var reader)) reader.Dispose();
    }

    private static LogUnavailableException Closed() => new("The history is closed.");

    private void Try(Action act) => Try(() =>
    {
        act();
        return true;
    });

    private T Try<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException e)
        {
            throw e.AsUnavailable(path);
        }
        catch (JsonException e)
        {
            throw new LogUnavailableException($"The history {path} is damaged.", e) { Trouble = LogTrouble.Damaged };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LogUnavailableException($"The history {path} cannot be used: {e.Message}", e);
        }
    }
}
