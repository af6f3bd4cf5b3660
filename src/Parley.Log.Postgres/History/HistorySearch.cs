using System.Text;
using Npgsql;
using Parley.Log.History;

namespace Parley.Log.Postgres.History;

/// <summary>A query of the history in SQL.</summary>
internal sealed class HistorySearch(HistoryQuery query)
{
    public async Task<HistoryPage> RunAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // page and total are of the same moment
        await using var moment = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var records = await RecordsAsync(connection, cancel);
        await using var count = Command(connection, "select count(*)::int from (select 1", $"limit {query.CountLimit}) found");
        return new HistoryPage(records, (int)(await count.ExecuteScalarAsync(cancel))!);
    }

    private async Task<List<HistoryRecord>> RecordsAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var direction = query.Order == HistoryOrder.NewestFirst ? "desc" : "asc";
        await using var page = Command(
            connection, "select record",
            $"order by started {direction}, id {direction} limit {query.Limit} offset {query.Offset}");
        await using var rows = await page.ExecuteReaderAsync(cancel);
        var found = new List<HistoryRecord>();
        while (await rows.ReadAsync(cancel)) found.Add(HistoryJson.Read(Encoding.UTF8.GetBytes(rows.GetString(0))));
        return found;
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string what, string rest)
    {
        var command = new NpgsqlCommand { Connection = connection };
        string Parameter(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return $"${command.Parameters.Count}";
        }

        var (from, before) = (Parameter(query.From.UtcDateTime), Parameter(query.Before.UtcDateTime));
        var span = $"started >= {from} and started < {before}";
        string[] conditions =
        [
            span,
            .. query.Facets.Select(facet =>
                $"id in (select chat_id from history_facet where hash = {Parameter(facet.Hash)} and {span})"),
            .. query.Said.Select(phrase =>
                $"id in (select chat_id from history_said where words @@ {Parameter(TextSearch.Query(phrase))}::tsquery "
                + $"and clearance <= {(int)query.Clearance})"),
        ];
        command.CommandText = $"{what} from history_chat where {string.Join(" and ", conditions)} {rest}";
        return command;
    }
}
