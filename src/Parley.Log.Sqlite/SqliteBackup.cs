using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>Copies of a log's database, each as it was at one moment, between two commits.</summary>
/// <remarks>
/// The log may be in use meanwhile, by another process too: the copy is one read of it, which keeps nobody from writing. The
/// write-ahead file grows until the copy is done. A copy is a single file; the log gives it a write-ahead file when it is opened.
/// </remarks>
public static class SqliteBackup
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The name of a log's database within its directory.</summary>
    public const string FileName = "log.db";

    /// <summary>Copies the log of a data directory into another folder, durably.</summary>
    /// <exception cref="LogUnavailableException">There is none, it cannot be read, or the copy cannot be written.</exception>
    /// <exception cref="LogDamagedException">The log is damaged.</exception>
    public static void Copy(string dataDirectory, string folder)
    {
        SqliteLibrary.Bind();
        var (path, copyPath) = (Database.PathIn(dataDirectory), Database.PathIn(folder));
        if (!File.Exists(path)) throw new LogUnavailableException($"There is no log in {dataDirectory}: {path} does not exist.");
        try
        {
            using (var log = Connections.Open(path, BusyTimeout, SqliteOpenMode.ReadOnly))
            using (var copy = Connections.Open(copyPath, BusyTimeout, SqliteOpenMode.ReadWriteCreate))
            {
                Database.CheckIsLog(log, path);
                log.BackupDatabase(copy);
                copy.Run("pragma journal_mode = delete");
            }
            using var file = File.OpenHandle(copyPath, FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(file);
        }
        catch (SqliteException e) when (e.IsDamage())
        {
            throw Database.Damaged(path, e.Message, e);
        }
        catch (SqliteException e)
        {
            throw e.AsUnavailable(path);
        }
    }

    /// <summary>Looks through all of a copy, which takes as long as reading it, and changes nothing.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="original">The directory that it is a copy of, which a refusal names.</param>
    /// <exception cref="LogRefusedException">It is damaged, not a log, or of a newer version.</exception>
    /// <exception cref="LogUnavailableException">It cannot be read.</exception>
    public static LogCopy Verify(string folder, string original)
    {
        SqliteLibrary.Bind();
        var path = Database.PathIn(original);
        try
        {
            using var copy = Connections.Open(Database.PathIn(folder), BusyTimeout, SqliteOpenMode.ReadOnly);
            Database.CheckIsLog(copy, path);
            Migrations.Seen(copy, path);
            using var check = copy.Command("pragma integrity_check(1)");
            if (check.ExecuteScalar() is not "ok") throw Database.Damaged(path, "its pages or indexes are not whole.");
            Database.CheckNewestEvents(copy, path);
            var found = new LogCopy(
                copy.Number("select max(position) from event"), copy.Number("select count(*) from stream"));
            return copy.Number("select count(*) from event") == found.Position
                ? found
                : throw Database.Damaged(path, "there are events missing.");
        }
        catch (SqliteException e) when (e.IsDamage())
        {
            throw Database.Damaged(path, e.Message, e);
        }
        catch (SqliteException e)
        {
            throw e.AsUnavailable(path);
        }
    }
}

/// <summary>How much a copy of a log holds.</summary>
/// <param name="Position">That of the last event, which is the number of events too.</param>
/// <param name="Streams">Chats, agents and contacts that were ever there.</param>
public readonly record struct LogCopy(long Position, long Streams);
