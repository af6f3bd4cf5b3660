using System.Text;
using Npgsql;
using Parley.Log.History;

namespace Parley.Log.Postgres.History;

/// <summary>
/// Stores what a stretch of the log did, within a transaction: a statement for each table, however many chats changed.
/// </summary>
internal sealed class HistoryBatch(NpgsqlConnection connection, IReadOnlyList<HistoryChange> changes)
{
    public async Task StoreAsync(CancellationToken cancel)
    {
        if (changes.Count == 0) return;
        var moved = await StoreRecordsAsync(cancel);
        var renewed = changes.Select(c => c.Record).Where(r => moved.Contains(r.Chat.Value)).ToList();
        if (renewed.Count > 0) await StoreFacetsAsync(renewed, cancel);
        if (changes.Any(c => c.Said.Count > 0)) await StoreSaidAsync(cancel);
    }

    /// <summary>The chats whose particulars are not what they were.</summary>
    private async Task<HashSet<string>> StoreRecordsAsync(CancellationToken cancel)
    {
        await using var store = Command(
            """
            insert into history_chat as c (name, started, record)
            select name, started, record
            from unnest($1::text[], $2::timestamptz[], $3::text[]) with ordinality r(name, started, record, n) order by n
            on conflict (name) do update set record = excluded.record where c.record <> excluded.record
            returning name
            """,
            changes.Select(c => c.Record.Chat.Value).ToArray(),
            changes.Select(c => c.Record.StartedAt.UtcDateTime).ToArray(),
            changes.Select(c => Encoding.UTF8.GetString(HistoryJson.Write(c.Record))).ToArray());
        await using var rows = await store.ExecuteReaderAsync(cancel);
        var moved = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) moved.Add(rows.GetString(0));
        return moved;
    }

    private async Task StoreFacetsAsync(List<HistoryRecord> records, CancellationToken cancel)
    {
        await using var drop = Command(
            "delete from history_facet where chat_id in (select id from history_chat where name = any($1))",
            records.Select(r => r.Chat.Value).ToArray());
        await drop.ExecuteNonQueryAsync(cancel);
        var facets = records.SelectMany(r => r.Facets.Select(f => (r.Chat, f.Hash))).ToList();
        await using var add = Command(
            """
            insert into history_facet (hash, started, chat_id)
            select hash, started, id from unnest($1::text[], $2::uuid[]) f(name, hash) join history_chat using (name)
            on conflict do nothing
            """,
            facets.Select(f => f.Chat.Value).ToArray(), facets.Select(f => f.Hash).ToArray());
        await add.ExecuteNonQueryAsync(cancel);
    }

    private async Task StoreSaidAsync(CancellationToken cancel)
    {
        var said = changes.SelectMany(c => c.Said.Select(u => (c.Record.Chat, Utterance: u))).ToList();
        await using var add = Command(
            """
            insert into history_said (chat_id, number, clearance, words)
            select id, number, clearance, words::tsvector
            from unnest($1::text[], $2::int[], $3::smallint[], $4::text[]) s(name, number, clearance, words)
            join history_chat using (name)
            """,
            said.Select(s => s.Chat.Value).ToArray(), said.Select(s => s.Utterance.Number).ToArray(),
            said.Select(s => (short)s.Utterance.Clearance).ToArray(),
            said.Select(s => TextSearch.Vector(s.Utterance.Words)).ToArray());
        await add.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, params Array[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
