using System.Text.Json;
using Npgsql;
using Parley.Log.History;

namespace Parley.Log.Postgres.History;

/// <summary>
/// The history in the log's database, with <c>tsvector</c> for what was said; one node fills it, all of them read it.
/// </summary>
/// <remarks>What is stored may be lost in a crash of the database, each stretch whole, since the log has it.</remarks>
internal sealed class PostgresHistoryIndex(PostgresLogOptions options) : IHistoryIndex
{
    private const string Columns = "select version, position, command_id from history_place";

    private readonly NpgsqlDataSource source = Database.History(options);

    public Task<HistoryPlace> PlaceAsync(CancellationToken cancel = default) =>
        UseAsync(connection => PlaceAsync(connection, Columns, cancel), cancel);

    public Task<bool> ApplyAsync(
        HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes, CancellationToken cancel = default) =>
        UseAsync(
            async connection =>
            {
                await using var whole = await connection.BeginTransactionAsync(cancel);
                // who else would add waits here, and then finds that the history stands elsewhere
                if (await PlaceAsync(connection, $"{Columns} for update", cancel) != from) return false;
                await new HistoryBatch(connection, changes).StoreAsync(cancel);
                await SetAsync(connection, to, cancel);
                await whole.CommitAsync(CancellationToken.None);
                return true;
            },
            cancel);

    public Task<HistoryPage> FindAsync(HistoryQuery query, CancellationToken cancel = default) =>
        UseAsync(connection => new HistorySearch(query).RunAsync(connection, cancel), cancel);

    public Task ClearAsync(int version, CancellationToken cancel = default) => UseAsync(
        async connection =>
        {
            await using var whole = await connection.BeginTransactionAsync(cancel);
            await PlaceAsync(connection, $"{Columns} for update", cancel);
            await using var clear = new NpgsqlCommand("truncate history_chat, history_facet, history_said", connection);
            await clear.ExecuteNonQueryAsync(cancel);
            await SetAsync(connection, HistoryPlace.Beginning(version), cancel);
            await whole.CommitAsync(CancellationToken.None);
            return true;
        },
        cancel);

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static async Task<HistoryPlace> PlaceAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new HistoryPlace(row.GetInt32(0), row.GetInt64(1), row.GetString(2))
            : throw Damaged("it has no place");
    }

    private static async Task SetAsync(NpgsqlConnection connection, HistoryPlace place, CancellationToken cancel)
    {
        await using var set = new NpgsqlCommand(
            """
            with hasty as materialized (select set_config('synchronous_commit', 'off', true))
            insert into history_place (version, position, command_id) select $1, $2, $3 from hasty
            on conflict (single) do update
            set version = excluded.version, position = excluded.position, command_id = excluded.command_id
            """,
            connection)
        {
            Parameters = { new() { Value = place.Version }, new() { Value = place.Position }, new() { Value = place.CommandId } },
        };
        await set.ExecuteNonQueryAsync(cancel);
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancel)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            return await use(connection);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            throw new OperationCanceledException("The history was not searched to the end.", e, cancel);
        }
        catch (NpgsqlException e)
        {
            throw e.AsUnavailable();
        }
        catch (JsonException e)
        {
            throw Damaged("a record cannot be read", e);
        }
        catch (ObjectDisposedException e)
        {
            throw new LogUnavailableException("The log is closed.", e);
        }
    }

    private static LogUnavailableException Damaged(string how, Exception? inner = null) =>
        new($"The history in the database is damaged: {how}.", inner) { Trouble = LogTrouble.Damaged };
}
