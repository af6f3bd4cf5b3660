using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>A few connections that read, each lent to one caller at a time; who finds none free waits.</summary>
internal sealed class ReadConnections(string path, SqliteLogOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim free = new(options.Readers, options.Readers);
    private readonly ConcurrentBag<ReadConnection> idle = [];
    private volatile bool closed;

    /// <summary>Runs a read, which takes microseconds as a rule, on the caller's thread.</summary>
    /// <exception cref="LogUnavailableException">The database cannot be read, or the log is closed.</exception>
    public async Task<T> ReadAsync<T>(Func<ReadConnection, T> read, CancellationToken cancel)
    {
        await free.WaitAsync(cancel);
        try
        {
            if (closed) throw new LogUnavailableException("The log is closed.");
            return Read(read);
        }
        finally
        {
            free.Release();
        }
    }

    /// <summary>Closes all connections once the reads that run have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var i = 0; i < options.Readers; i++) await free.WaitAsync();
        while (idle.TryTake(out var connection)) connection.Dispose();
        free.Release(options.Readers);
    }

    private T Read<T>(Func<ReadConnection, T> read)
    {
        ReadConnection? connection = null;
        try
        {
            if (!idle.TryTake(out connection)) connection = new ReadConnection(path, options.BusyTimeout);
            var found = read(connection);
            idle.Add(connection);
            return found;
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw e.AsUnavailable(path);
        }
    }
}
