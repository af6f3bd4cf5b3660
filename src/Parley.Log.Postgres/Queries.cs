using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>Everything that is ever read of the log.</summary>
internal sealed class Queries(NpgsqlDataSource source)
{
    private const string Columns =
        "select s.name, e.version, e.position, e.type, e.data, e.command_id from event e join stream s on s.id = e.stream_id";

    /// <summary>Positions have no holes: so many events end where the next command does.</summary>
    private const string WholeCommand =
        "coalesce((select position from event where position >= $3 and ends_command order by position limit 1), $2)";

    public Task<IReadOnlyList<LogEvent>> StreamAsync(string name, int after, CancellationToken cancel) => EventsAsync(
        $"{Columns} where e.stream_id = (select id from stream where name = $1) and e.version > $2 order by e.version",
        cancel, name, after);

    public Task<IReadOnlyList<LogEvent>> CommandAsync(string name, string commandId, CancellationToken cancel) => EventsAsync(
        $"{Columns} where e.stream_id = (select id from stream where name = $1) and e.command_id = $2 order by e.position",
        cancel, name, commandId);

    /// <summary>Events after a position, up to and with another: about as many as wanted, the last command whole.</summary>
    public Task<IReadOnlyList<LogEvent>> AfterAsync(long position, long end, int wanted, CancellationToken cancel) => EventsAsync(
        $"{Columns} where e.position > $1 and e.position <= least($2, {WholeCommand}) order by e.position",
        cancel, position, end, position + wanted);

    /// <summary>The event at a position and those after it: about as many as wanted, the last command whole.</summary>
    public Task<IReadOnlyList<LogEvent>> FromAsync(long position, int wanted, CancellationToken cancel) =>
        AfterAsync(position - 1, long.MaxValue, wanted + 1, cancel);

    /// <summary>The newest event; null if there is none.</summary>
    public async Task<LogEvent?> NewestAsync(CancellationToken cancel) =>
        await EventsAsync($"{Columns} where e.position = (select max(position) from event)", cancel) is [var newest]
            ? newest
            : null;

    public async Task<int> VersionAsync(string name, CancellationToken cancel) =>
        await RowsAsync("select version from stream where name = $1", row => row.GetInt32(0), cancel, name) is [var version]
            ? version
            : 0;

    public Task<IReadOnlyList<LiveStream>> LiveAsync(string prefix, CancellationToken cancel) => RowsAsync(
        "select name, began from stream where began is not null and name >= $1 and name < $1 || U&'\\+10FFFF' order by name",
        row => new LiveStream(row.GetString(0), row.GetInt32(1)), cancel, prefix);

    private Task<IReadOnlyList<LogEvent>> EventsAsync(string sql, CancellationToken cancel, params object[] parameters) =>
        RowsAsync(
            sql,
            row => new LogEvent(
                row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.GetFieldValue<byte[]>(4),
                row.GetString(5)),
            cancel, parameters);

    private Task<IReadOnlyList<T>> RowsAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object[] parameters) =>
        PostgresFailures.AnsweredAsync(async () =>
        {
            try
            {
                return await OnceAsync(sql, read, parameters, cancel);
            }
            catch (NpgsqlException e) when (e.IsOfConnection())
            {
                // the database was started anew since, and so every connection that has rested in the pool is broken
                source.Clear();
                return await OnceAsync(sql, read, parameters, cancel);
            }
        });

    private async Task<IReadOnlyList<T>> OnceAsync<T>(
        string sql, Func<NpgsqlDataReader, T> read, object[] parameters, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<T>();
        while (await rows.ReadAsync(cancel)) found.Add(read(rows));
        return found;
    }
}
