using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>The one connection that writes, with everything it ever says prepared.</summary>
internal sealed class WriteStatements : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, findHead, findCommand, addStream, addEvent, setLife;

    public WriteStatements(string path, SqliteLogOptions options)
    {
        connection = Connections.Open(path, options.BusyTimeout);
        var pages = options.MaxDatabaseBytes / connection.Number("pragma page_size");
        connection.Run(
            $"""
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma cache_size = -{options.WriterCacheBytes / 1024};
            pragma max_page_count = {pages};
            pragma journal_size_limit = {64 << 20};
            """);
        begin = connection.Command("begin immediate");
        commit = connection.Command("commit");
        rollback = connection.Command("rollback");
        findHead = connection.Command(
            "select s.id, (select max(e.version) from event e where e.stream_id = s.id) from stream s where s.name = $1", 1);
        findCommand = connection.Command("select 1 from event where stream_id = $1 and command_id = $2 limit 1", 2);
        addStream = connection.Command("insert into stream (name) values ($1) returning id", 1);
        addEvent = connection.Command("insert into event values ($1, $2, $3, $4, $5, $6, $7)", 7);
        setLife = connection.Command("update stream set began = $2 where id = $1", 2);
    }

    /// <summary>The position of the last event.</summary>
    public long End() => connection.Number("select max(position) from event");

    public void Begin() => begin.ExecuteNonQuery();

    public void Commit() => commit.ExecuteNonQuery();

    public void Rollback() => rollback.ExecuteNonQuery();

    public StreamHead? FindHead(string stream)
    {
        using var reader = findHead.With(stream).ExecuteReader();
        return reader.Read() ? new StreamHead(reader.GetInt64(0), reader.GetInt32(1)) : null;
    }

    public bool HasCommand(long streamId, string commandId) =>
        findCommand.With(streamId, commandId).ExecuteScalar() is not null;

    public long AddStream(string name) => (long)addStream.With(name).ExecuteScalar()!;

    public void AddEvent(long streamId, LogEvent e, bool endsCommand) =>
        addEvent.With(e.Position, streamId, e.Version, e.Type, Bytes(e.Data), e.CommandId, endsCommand).ExecuteNonQuery();

    /// <summary>Sets the first version of the stream's life, or that it has none.</summary>
    public void SetLife(long streamId, int? began) => setLife.With(streamId, began).ExecuteNonQuery();

    /// <summary>Closes the connection; a transaction that was open is rolled back.</summary>
    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[begin, commit, rollback, findHead, findCommand, addStream, addEvent, setLife])
            command.Dispose();
        connection.Dispose();
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out var part) && part.Array is { } whole && part.Count == whole.Length
            ? whole
            : data.ToArray();
}
