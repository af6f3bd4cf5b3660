using System.Security.Cryptography;
using Npgsql;

namespace Parley.Server.Tests.Files;

/// <summary>The files in a PostgreSQL database, looked at and changed behind the servers' backs.</summary>
internal sealed class FileTables(string database)
{
    /// <summary>The connection string.</summary>
    public string Database => database;

    /// <summary>What is held and what is kept, by the names that it has in a folder.</summary>
    public IReadOnlyList<string> Stored => !Exist ? [] : [.. Rows(
        """
        select 'held/' || chat || '.' || file from file_held
        union all
        select 'kept/' || substr(hash, 1, 2) || '/' || substr(hash, 3, 2) || '/' || hash
        from (select encode(sha256, 'hex') as hash from file_content where kept) content
        """)];

    /// <summary>How many contents there are, and how many bytes in all their pieces, whoever they belong to.</summary>
    public (long Contents, long Bytes) Size => (
        long.Parse(Rows("select count(*)::text from file_content")[0]),
        long.Parse(Rows("select coalesce(sum(length(data)), 0)::text from file_chunk")[0]));

    public void LeaveHeld(string chat, string id, byte[] content)
    {
        var hash = SHA256.HashData(content);
        Run(
            """
            with added as (
              insert into file_content (id, sha256, size) values (gen_random_uuid(), $1, length($2))
              on conflict (sha256) do nothing returning id),
            piece as (insert into file_chunk (content_id, number, data) select id, 0, $2 from added)
            insert into file_held (chat, file, content_id)
            select $3, $4, id from (select id from added union all select id from file_content where sha256 = $1) content
            """,
            hash, content, chat, id);
    }

    public void HoldAgain(string chat, string id)
    {
        Run("insert into file_held (chat, file, content_id) select $1, $2, id from file_content where kept", chat, id);
        Run("update file_content set kept = false where kept");
    }

    /// <summary>Lets nobody store an event until it is disposed of.</summary>
    public async Task<IAsyncDisposable> HaltTheLog()
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        var halt = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select lock_log_end()", connection, halt);
        await command.ExecuteScalarAsync();
        return connection;
    }

    private bool Exist => Rows("select to_regclass('file_held')::text").Count == 1;

    private List<string> Rows(string sql)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var command = source.CreateCommand(sql);
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
        {
            if (!rows.IsDBNull(0)) found.Add(rows.GetString(0));
        }
        return found;
    }

    private void Run(string sql, params object[] parameters)
    {
        using var source = NpgsqlDataSource.Create(database);
        using var command = source.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        command.ExecuteNonQuery();
    }
}
