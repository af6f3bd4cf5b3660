using Microsoft.Data.Sqlite;
using Parley.Chats;
using Parley.Log.History;
using SQLitePCL;

namespace Parley.Log.Sqlite.History;

/// <summary>A connection that looks things up in the history. Used by one caller at a time.</summary>
internal sealed class HistoryReader : IDisposable
{
    private const int Interrupted = 9;

    private readonly SqliteConnection connection;

    public HistoryReader(string path, SqliteLogOptions options)
    {
        connection = Connections.Open(path, options.BusyTimeout);
        connection.Run("pragma query_only = 1");
    }

    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public HistoryPage Find(HistoryQuery query, CancellationToken cancel)
    {
        using var limit = cancel.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            cancel.ThrowIfCancellationRequested();
            // page and total are of the same moment
            connection.Run("begin");
            try
            {
                return new HistoryPage(Records(query), Count(query));
            }
            finally
            {
                connection.Run("rollback");
            }
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Interrupted)
        {
            throw new OperationCanceledException("The history was not searched to the end.", e, cancel);
        }
    }

    public void Dispose() => connection.Dispose();

    private List<HistoryRecord> Records(HistoryQuery query)
    {
        var direction = query.Order == HistoryOrder.NewestFirst ? "desc" : "asc";
        using var command = Command(
            "select record", query, $"order by started {direction}, id {direction} limit $limit offset $offset");
        command.Parameters.AddWithValue("$limit", query.Limit);
        command.Parameters.AddWithValue("$offset", query.Offset);
        var found = new List<HistoryRecord>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add(HistoryJson.Read(rows.GetFieldValue<byte[]>(0)));
        return found;
    }

    private int Count(HistoryQuery query)
    {
        using var command = Command("select count(*) from (select 1", query, "limit $limit)");
        command.Parameters.AddWithValue("$limit", query.CountLimit);
        return (int)(long)command.ExecuteScalar()!;
    }

    private SqliteCommand Command(string what, HistoryQuery query, string rest)
    {
        var command = connection.CreateCommand();
        var conditions = new List<string> { "started >= $from", "started < $before" };
        command.Parameters.AddWithValue("$from", query.From.UtcTicks);
        command.Parameters.AddWithValue("$before", query.Before.UtcTicks);
        foreach (var (n, facet) in query.Facets.Index())
        {
            conditions.Add(
                $"id in (select chat_id from facet where hash = $facet{n} and started >= $from and started < $before)");
            command.Parameters.AddWithValue($"$facet{n}", facet.Hash.ToByteArray());
        }
        foreach (var (n, phrase) in query.Said.Index())
        {
            conditions.Add($"id in (select rowid / {HistoryWriter.UtterancesPerChat} from said where said match $said{n})");
            command.Parameters.AddWithValue($"$said{n}", Match(phrase, query.Clearance));
        }
        command.CommandText = $"{what} from chat where {string.Join(" and ", conditions)} {rest}";
        return command;
    }

    /// <summary>Words are letters and digits: nothing in them ends the quotation.</summary>
    private static string Match(Phrase phrase, Clearance clearance) =>
        $"{(clearance < Clearance.Supervisor ? "agents : " : "")}\"{string.Join(' ', phrase.Words)}\""
        + (phrase.End == PhraseEnd.BeginningOfWord ? " *" : "");
}
