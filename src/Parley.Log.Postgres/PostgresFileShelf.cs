using Npgsql;
using Parley.Chats;

namespace Parley.Log.Postgres;

/// <summary>Files in the database, in pieces, so that any node gives what any other took in.</summary>
/// <remarks>
/// A file is held in one transaction: what a node has sent in half is seen by nobody, and gone with its connection. It has
/// connections of its own, so that a large file keeps nobody from reading the log.
/// </remarks>
internal sealed class PostgresFileShelf(PostgresLogOptions options) : IFileShelf, IAsyncDisposable
{
    private const int ChunkBytes = 256 << 10;

    private readonly NpgsqlDataSource source = Database.Files(options);

    public bool IsShared => true;

    // changes nothing, and is refused where nothing can be changed
    public Task PrepareAsync() => DoAsync("delete from file_held where false");

    public async Task HoldAsync(ChatId chat, ChatFile file, string path)
    {
        // another node may have stored the same content meanwhile: at the second look it is there
        while (!await UseAsync(connection => TryHoldAsync(connection, chat, file, path)))
        {
        }
    }

    public Task KeepAsync(ChatId chat, ChatFile file) => DoAsync(
        """
        with held as (delete from file_held where chat = $1 and file = $2 returning content_id)
        update file_content set kept = true from held where id = held.content_id and not kept
        """,
        chat.Value, file.Id);

    public Task DropAsync(ChatId chat, string fileId) => DoAsync("select drop_file($1, $2)", chat.Value, fileId);

    public async Task<Stream?> OpenAsync(ChatId chat, ChatFile file)
    {
        var found = await UseAsync(async connection =>
        {
            await using var find = Command(connection, "select id, size from file_content where sha256 = $1", Sha256Of(file));
            await using var row = await find.ExecuteReaderAsync();
            return await row.ReadAsync() ? (Id: row.GetGuid(0), Size: row.GetInt64(1)) : default((Guid Id, long Size)?);
        });
        if (found is not var (id, size)) return null;
        var content = new ShelvedContent(number => ChunkAsync(id, number), size);
        // what cannot be read at all is better known before anybody is promised it
        await content.NextAsync();
        return content;
    }

    public Task<IReadOnlyList<(ChatId Chat, string FileId)>> HeldAsync() => UseAsync(async connection =>
    {
        var held = new List<(ChatId, string)>();
        await using var all = Command(connection, "select chat, file from file_held");
        await using var rows = await all.ExecuteReaderAsync();
        while (await rows.ReadAsync()) held.Add((new ChatId(rows.GetString(0)), rows.GetString(1)));
        return (IReadOnlyList<(ChatId, string)>)held;
    });

    public ValueTask DisposeAsync() => source.DisposeAsync();

    /// <returns>False when another node stored the same content at the same moment; then nothing is held.</returns>
    private static async Task<bool> TryHoldAsync(NpgsqlConnection connection, ChatId chat, ChatFile file, string path)
    {
        await using var whole = await connection.BeginTransactionAsync();
        // what is found cannot be removed before this ends
        await using var find = Command(connection, "select id from file_content where sha256 = $1 for key share", Sha256Of(file));
        if (await find.ExecuteScalarAsync() is not Guid id)
        {
            id = Guid.CreateVersion7();
            if (!await TryStoreAsync(connection, id, file, path)) return false;
        }
        await using var hold = Command(
            connection, "insert into file_held (chat, file, content_id) values ($1, $2, $3)", chat.Value, file.Id, id);
        await hold.ExecuteNonQueryAsync();
        await whole.CommitAsync();
        return true;
    }

    private static async Task<bool> TryStoreAsync(NpgsqlConnection connection, Guid id, ChatFile file, string path)
    {
        await using var content = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        var buffer = new byte[ChunkBytes];
        var (size, number) = (0L, 0);
        while (await content.ReadAtLeastAsync(buffer, ChunkBytes, throwOnEndOfStream: false) is var count and > 0)
        {
            await using var store = Command(
                connection, "insert into file_chunk (content_id, number, data) values ($1, $2, $3)", id, number++,
                buffer.AsMemory(0, count));
            await store.ExecuteNonQueryAsync();
            size += count;
        }
        if (size != file.Size) throw new IOException($"Of {file.Size} bytes there are {size}.");
        await using var add = Command(
            connection, "insert into file_content (id, sha256, size) values ($1, $2, $3) on conflict (sha256) do nothing", id,
            Sha256Of(file), size);
        return await add.ExecuteNonQueryAsync() == 1;
    }

    private Task<byte[]> ChunkAsync(Guid content, int number) => UseAsync(async connection =>
    {
        await using var find = Command(
            connection, "select data from file_chunk where content_id = $1 and number = $2", content, number);
        return await find.ExecuteScalarAsync() as byte[]
            ?? throw new LogUnavailableException($"Piece {number} of the file {content} is missing in the database.");
    });

    private Task<int> DoAsync(string sql, params object[] parameters) => UseAsync(async connection =>
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync();
    });

    private Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use) => PostgresFailures.AnsweredAsync(async () =>
    {
        await using var connection = await source.OpenConnectionAsync();
        return await use(connection);
    });

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static byte[] Sha256Of(ChatFile file) => Convert.FromHexString(file.Content);
}
