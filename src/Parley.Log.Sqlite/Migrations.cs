using Microsoft.Data.Sqlite;

namespace Parley.Log.Sqlite;

/// <summary>The numbered files of <c>schema/</c>, embedded here, and which of them a database has seen.</summary>
internal static class Migrations
{
    private static readonly IReadOnlyList<SchemaFile> All = SchemaFile.Of(typeof(Migrations).Assembly);

    /// <summary>Runs what the database has not seen, each file in a transaction with its record.</summary>
    /// <exception cref="LogTooNewException">The database has seen more than this program knows; nothing is changed.</exception>
    public static void Apply(SqliteConnection connection, string path)
    {
        connection.Run(
            "create table if not exists migration (number integer primary key, name text not null, applied_at text not null)");
        var seen = Seen(connection, path);
        foreach (var (number, name, sql) in All.Where(m => m.Number > seen))
        {
            connection.Run("begin immediate");
            connection.Run(sql);
            using var record = connection.Command(
                "insert into migration (number, name, applied_at) values ($1, $2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))", 2);
            record.With(number, name).ExecuteNonQuery();
            connection.Run("commit");
        }
    }

    /// <summary>The number of the last file that a database has seen.</summary>
    /// <exception cref="LogTooNewException">This program does not know it.</exception>
    public static long Seen(SqliteConnection connection, string path)
    {
        var seen = connection.Number("select max(number) from migration");
        return seen <= All[^1].Number
            ? seen
            : throw new LogTooNewException(
                $"The database {path} has schema {seen}, and this version of Parley knows schemas up to {All[^1].Number}. "
                + "Run the newer version again, or restore a backup from before the update.");
    }
}
