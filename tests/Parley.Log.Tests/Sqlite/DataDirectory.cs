using Microsoft.Data.Sqlite;
using Parley.Log.Sqlite;

namespace Parley.Log.Tests.Sqlite;

/// <summary>A data directory of one test, gone after it.</summary>
internal sealed class DataDirectory(string root) : IDisposable
{
    public DataDirectory()
        : this(Directory.CreateTempSubdirectory("parley-log-").FullName)
    {
    }

    public string Root => root;

    public string Database => Path.Combine(Root, "log.db");

    public Task<SqliteEventLog> OpenAsync(EventLogOptions? limits = null) => SqliteEventLog.OpenAsync(Options(limits));

    public SqliteLogOptions Options(EventLogOptions? limits = null) =>
        new() { DataDirectory = Root, Log = limits ?? new EventLogOptions(), BusyTimeout = TimeSpan.FromSeconds(1) };

    /// <summary>Another program on the database; a log must have been opened in this process before.</summary>
    public SqliteConnection Intrude()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Makes a log of some events and closes it.</summary>
    public async Task FillAsync(int events)
    {
        await using var log = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, events).Select(i => log.StoreAsync(Appends.To($"chat/{i}", 0, "a"))));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
