using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>A connection that only reads, with its queries prepared. Used by one caller at a time.</summary>
internal sealed class ReadConnection : IDisposable
{
    private const string Columns = "s.name, e.version, e.position, e.type, e.data, e.command_id, e.ends_command";

    private readonly SqliteConnection connection;
    private readonly SqliteCommand stream, command, version, live, after;

    public ReadConnection(string path, TimeSpan busyTimeout)
    {
        connection = Connections.Open(path, busyTimeout);
        connection.Run("pragma query_only = 1");
        stream = connection.Command(
            $"select {Columns} from stream s cross join event e on e.stream_id = s.id "
            + "where s.name = $1 and e.version > $2 order by e.version", 2);
        command = connection.Command(
            $"select {Columns} from stream s cross join event e indexed by event_command on e.stream_id = s.id "
            + "where s.name = $1 and e.command_id = $2 order by e.position", 2);
        version = connection.Command(
            "select max(e.version) from event e where e.stream_id = (select id from stream where name = $1)", 1);
        live = connection.Command(
            "select name, began from stream "
            + "where began is not null and name >= $1 and name < $1 || char(1114111) order by name", 1);
        after = connection.Command(
            $"select {Columns} from event e cross join stream s on s.id = e.stream_id "
            + "where e.position > $1 and e.position <= $2 order by e.position", 2);
    }

    public IReadOnlyList<LogEvent> Stream(string name, int afterVersion) => Events(stream.With(name, afterVersion), int.MaxValue);

    public IReadOnlyList<LogEvent> Command(string name, string commandId) => Events(command.With(name, commandId), int.MaxValue);

    /// <summary>Events after a position, up to and with another: about as many as wanted, the last command whole.</summary>
    public IReadOnlyList<LogEvent> After(long position, long end, int wanted) => Events(after.With(position, end), wanted);

    public int Version(string name) => version.With(name).ExecuteScalar() is long found ? (int)found : 0;

    public IReadOnlyList<LiveStream> Live(string prefix)
    {
        var found = new List<LiveStream>();
        using var reader = live.With(prefix).ExecuteReader();
        while (reader.Read()) found.Add(new LiveStream(reader.GetString(0), reader.GetInt32(1)));
        return found;
    }

    public void Dispose()
    {
        foreach (var one in (SqliteCommand[])[stream, command, version, live, after]) one.Dispose();
        connection.Dispose();
    }

    private static List<LogEvent> Events(SqliteCommand query, int wanted)
    {
        var found = new List<LogEvent>();
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            found.Add(new LogEvent(
                reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetString(3),
                reader.GetFieldValue<byte[]>(4), reader.GetString(5)));
            if (found.Count >= wanted && reader.GetInt32(6) == 1) break;
        }
        return found;
    }
}
