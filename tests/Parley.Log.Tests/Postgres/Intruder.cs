using Npgsql;

namespace Parley.Log.Tests.Postgres;

/// <summary>Somebody who does things to a database behind the log's back.</summary>
internal static class Intruder
{
    public static async Task Run(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Cuts the connections of every log on the same server.</summary>
    public static Task CutConnections(string database) =>
        Run(database, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'parley'");
}
