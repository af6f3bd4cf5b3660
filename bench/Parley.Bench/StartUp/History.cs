using System.Globalization;
using System.Runtime.InteropServices;

namespace Parley.Bench.StartUp;

/// <summary>
/// Years of work in a log, made in minutes: copies of two chats that a server stored, written into its database.
/// </summary>
/// <remarks>No server may have the log open. It is the one place here that knows how a log is stored.</remarks>
internal static partial class History
{
    private const int ChatsAtOnce = 20_000;

    /// <summary>Adds copies of the log's one closed chat, and of its one open chat.</summary>
    /// <exception cref="IOException">The database cannot be written.</exception>
    public static void Add(string data, int closed, int open, CancellationToken cancel)
    {
        Check(Open(Path.Combine(data, "log.db"), out var database), database);
        try
        {
            Run(database, "pragma synchronous = off; pragma cache_size = -200000");
            var year = DateTime.UtcNow.Year;
            Copy(database, closed, "is null", $"cast(replace(cast(e.data as text), '{year}-', '{year - 2}-') as blob)", cancel);
            Copy(database, open, "is not null", "e.data", cancel);
            Run(database, "pragma wal_checkpoint(truncate)");
        }
        finally
        {
            _ = Close(database);
        }
        // else the server that is measured waits for what is still to be written
        using var file = File.OpenHandle(Path.Combine(data, "log.db"), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Copies a chat.</summary>
    /// <param name="began">Which one: a condition of its life.</param>
    /// <param name="data">The copies' data: chats that ended did so years ago, for a start looks at the last minutes.</param>
    private static void Copy(nint database, int count, string began, string data, CancellationToken cancel)
    {
        Run(database, $"""
            drop table if exists temp.model;
            create temp table model as
              select e.version, e.type, {data} as data, e.command_id, e.ends_command, s.began, substr(s.name, 6) as chat
              from event e join stream s on s.id = e.stream_id
              where s.id = (select min(id) from stream where name like 'chat/%' and began {began}) order by e.version
            """);
        for (var left = count; left > 0; left -= ChatsAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            Run(database, string.Create(CultureInfo.InvariantCulture, $"""
                begin immediate;
                drop table if exists temp.base;
                create temp table base as
                  select (select max(id) from stream) as stream, (select max(position) from event) as position,
                         (select count(*) from model) as events;
                insert into stream (id, name, began)
                  with recursive n(i) as (select 1 union all select i + 1 from n where i < {Math.Min(left, ChatsAtOnce)})
                  select base.stream + i, printf('chat/%016d', base.stream + i), (select began from model limit 1) from n, base;
                insert into event
                  select base.position + (s.id - base.stream - 1) * base.events + m.version, s.id, m.version, m.type,
                         cast(replace(cast(m.data as text), m.chat, substr(s.name, 6)) as blob), m.command_id, m.ends_command
                  from base, stream s, model m where s.id > base.stream order by 1;
                commit
                """));
        }
    }

    private static void Run(nint database, string sql) => Check(Execute(database, sql, 0, 0, 0), database);

    private static void Check(int result, nint database)
    {
        if (result != 0) throw new IOException($"the log cannot be filled: {Marshal.PtrToStringUTF8(Message(database))}");
    }

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, out nint database);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_exec", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(nint database, string sql, nint callback, nint argument, nint error);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_errmsg")]
    private static partial nint Message(nint database);

    [LibraryImport("libsqlite3.so.0", EntryPoint = "sqlite3_close")]
    private static partial int Close(nint database);
}
