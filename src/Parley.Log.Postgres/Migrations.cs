using Npgsql;

namespace Parley.Log.Postgres;

/// <summary>The numbered files of <c>schema/</c>, embedded here, and which of them a database has seen.</summary>
internal static class Migrations
{
    private static readonly IReadOnlyList<SchemaFile> All = SchemaFile.Of(typeof(Migrations).Assembly);

    /// <summary>
    /// Runs what the database has not seen, all of it or nothing; of several nodes that start at once one does it and the others
    /// wait.
    /// </summary>
    /// <exception cref="LogTooNewException">The database has seen more than this program knows; nothing is changed.</exception>
    public static async Task ApplyAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var all = await connection.BeginTransactionAsync();
        await RunAsync(
            connection, "set local statement_timeout = 0; select pg_advisory_xact_lock(hashtext('parley migrations'))");
        var seen = await SeenAsync(connection);
        if (seen > All[^1].Number)
            throw new LogTooNewException(
                $"The database has schema {seen}, and this version of Parley knows schemas up to {All[^1].Number}. "
                + "Run the newer version again, or restore a backup from before the update.");

        foreach (var (number, name, sql) in All.Where(m => m.Number > seen))
        {
            await RunAsync(connection, sql);
            await using var record = new NpgsqlCommand("insert into migration (number, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = number }, new() { Value = name } },
            };
            await record.ExecuteNonQueryAsync();
        }
        await all.CommitAsync();
    }

    private static async Task<int> SeenAsync(NpgsqlConnection connection)
    {
        await RunAsync(
            connection,
            "create table if not exists migration "
            + "(number int primary key, name text not null, applied_at timestamptz not null default now())");
        await using var newest = new NpgsqlCommand("select coalesce(max(number), 0) from migration", connection);
        return (int)(await newest.ExecuteScalarAsync())!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        // as long as it takes, here or at the node that was first
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
