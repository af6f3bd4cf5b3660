using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>The file of the log: made, checked and brought up to date before anybody uses it.</summary>
internal static class Database
{
    /// <summary>Marks a SQLite file as this log ("PLog").</summary>
    private const int ApplicationId = 0x504C6F67;

    /// <summary>How many of the newest events are checked at each start.</summary>
    private const int CheckedEvents = 1_000;

    /// <summary>Where the database of a directory is.</summary>
    public static string PathIn(string directory) => Path.GetFullPath(Path.Combine(directory, "log.db"));

    /// <summary>Makes the database of a directory ready, and returns its path.</summary>
    /// <exception cref="LogRefusedException">It is damaged, not a log, or of a newer version.</exception>
    public static string Prepare(SqliteLogOptions options)
    {
        var path = PathIn(options.DataDirectory);
        try
        {
            if (!File.Exists(path)) Create(path, options);
            else if (new FileInfo(path).Length == 0) throw Damaged(path, "it is empty.");
            using var connection = Connections.Open(path, options.BusyTimeout);
            CheckIsLog(connection, path);
            Migrations.Apply(connection, path);
            CheckNewestEvents(connection, path);
            return path;
        }
        catch (SqliteException e) when (e.IsDamage())
        {
            throw Damaged(path, e.Message, e);
        }
        catch (SqliteException e)
        {
            throw e.AsUnavailable(path);
        }
    }

    /// <exception cref="LogDamagedException">It is the database of something else.</exception>
    public static void CheckIsLog(SqliteConnection connection, string path)
    {
        if (connection.Number("pragma application_id") != ApplicationId)
            throw Damaged(path, "it is not the database of a Parley log.");
    }

    public static LogDamagedException Damaged(string path, string what, Exception? inner = null) => new(
        $"The database {path} is damaged: {what} Nothing was changed. Move it away and restore the newest backup.", inner);

    /// <summary>Makes an empty database, under another name first: one that was cut short is never taken for a log.</summary>
    private static void Create(string path, SqliteLogOptions options)
    {
        // SQLite would throw this file away beside a new database; it may hold the only copy of acknowledged events.
        if (File.Exists(path + "-wal")) throw Damaged(path, "it is missing, but its write-ahead file is there.");

        var draft = path + ".new";
        foreach (var suffix in (string[])["", "-wal", "-shm"]) File.Delete(draft + suffix);
        using (var connection = Connections.Open(draft, options.BusyTimeout, SqliteOpenMode.ReadWriteCreate))
        {
            connection.Run($"pragma application_id = {ApplicationId}; pragma journal_mode = wal; pragma synchronous = full");
            Migrations.Apply(connection, path);
        }
        File.Move(draft, path);
        Folder.Flush(options.DataDirectory);
    }

    /// <summary>
    /// Checks that the newest events are whole and that both indexes lead to them. SQLite itself refuses a file that is garbage
    /// or too short. A full check (<c>pragma integrity_check</c>) reads all of history, so a start would take longer
    /// every day; the newest pages are those a crash can have hurt, and older damage shows when it is read.
    /// </summary>
    public static void CheckNewestEvents(SqliteConnection connection, string path)
    {
        using var unreachable = connection.Command(
            $"""
            with newest as (
              select position, stream_id, version, command_id from event order by position desc limit {CheckedEvents})
            select count(*) from newest n
            where not exists (select 1 from stream s where s.id = n.stream_id)
               or not exists (select 1 from event indexed by event_version
                              where stream_id = n.stream_id and version = n.version and position = n.position)
               or not exists (select 1 from event indexed by event_command
                              where stream_id = n.stream_id and command_id = n.command_id and position = n.position)
               or (n.version > 1 and not exists (select 1 from event indexed by event_version
                              where stream_id = n.stream_id and version = n.version - 1))
            """);
        if (unreachable.ExecuteScalar() is not 0L) throw Damaged(path, "its newest events do not fit its indexes.");

        using var last = connection.Command("select ends_command from event order by position desc limit 1");
        if (last.ExecuteScalar() is not (null or 1L)) throw Damaged(path, "its last command is torn.");
    }
}
