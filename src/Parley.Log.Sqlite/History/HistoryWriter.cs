using Microsoft.Data.Sqlite;
using Parley.Chats;
using Parley.Log.History;

namespace Parley.Log.Sqlite.History;

/// <summary>The one connection that fills the history, with its statements prepared. Used by one caller at a time.</summary>
internal sealed class HistoryWriter : IDisposable
{
    /// <summary>How many utterances of a chat have a row.</summary>
    public const int UtterancesPerChat = Utterance.MaxNumber + 1;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin, commit, rollback, readPlace, setPlace, find, add, replace, dropFacets, addFacet, say;

    public HistoryWriter(string path, SqliteLogOptions options)
    {
        connection = Connections.Open(path, options.BusyTimeout);
        var pages = options.MaxDatabaseBytes / connection.Number("pragma page_size");
        // a power cut may take the last transactions, each whole: the log has them
        connection.Run($"pragma synchronous = normal; pragma max_page_count = {pages}; pragma journal_size_limit = {64 << 20}");
        begin = connection.Command("begin immediate");
        commit = connection.Command("commit");
        rollback = connection.Command("rollback");
        readPlace = connection.Command("select version, position, command_id from place");
        setPlace = connection.Command("update place set version = $1, position = $2, command_id = $3", 3);
        find = connection.Command("select id, record from chat where name = $1", 1);
        add = connection.Command("insert into chat (name, started, record) values ($1, $2, $3) returning id", 3);
        replace = connection.Command("update chat set record = $2 where id = $1", 2);
        dropFacets = connection.Command("delete from facet where chat_id = $1", 1);
        addFacet = connection.Command("insert into facet (hash, started, chat_id) values ($1, $2, $3) on conflict do nothing", 3);
        say = connection.Command("insert into said (rowid, agents, supervisors) values ($1, $2, $3)", 3);
    }

    public HistoryPlace Place()
    {
        using var row = readPlace.ExecuteReader();
        return row.Read()
            ? new HistoryPlace(row.GetInt32(0), row.GetInt64(1), row.GetString(2))
            : throw new SqliteException("The history has no place.", SqliteFailures.Corrupt);
    }

    public bool Apply(HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes)
    {
        begin.ExecuteNonQuery();
        if (Place() != from)
        {
            rollback.ExecuteNonQuery();
            return false;
        }
        foreach (var change in changes) Store(change);
        Set(to);
        commit.ExecuteNonQuery();
        return true;
    }

    public void Set(HistoryPlace place) => setPlace.With(place.Version, place.Position, place.CommandId).ExecuteNonQuery();

    /// <summary>Closes the connection; a transaction that was open is rolled back.</summary>
    public void Dispose()
    {
        SqliteCommand[] all =
            [begin, commit, rollback, readPlace, setPlace, find, add, replace, dropFacets, addFacet, say];
        foreach (var command in all) command.Dispose();
        connection.Dispose();
    }

    private void Store(HistoryChange change)
    {
        var record = change.Record;
        var started = record.StartedAt.UtcTicks;
        var json = HistoryJson.Write(record);
        var (id, known) = Find(record.Chat);
        if (known is null || !json.AsSpan().SequenceEqual(known))
        {
            if (known is null) id = (long)add.With(record.Chat.Value, started, json).ExecuteScalar()!;
            else replace.With(id, json).ExecuteNonQuery();
            if (known is not null) dropFacets.With(id).ExecuteNonQuery();
            foreach (var facet in record.Facets) addFacet.With(facet.Hash.ToByteArray(), started, id).ExecuteNonQuery();
        }
        foreach (var (number, clearance, words) in change.Said)
        {
            var text = string.Join(' ', words);
            var isForAgents = clearance <= Clearance.Agent;
            say.With((id * UtterancesPerChat) + number, isForAgents ? text : "", isForAgents ? "" : text).ExecuteNonQuery();
        }
    }

    private (long Id, byte[]? Record) Find(ChatId chat)
    {
        using var row = find.With(chat.Value).ExecuteReader();
        return row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (0, null);
    }
}
