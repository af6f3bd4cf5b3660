using Parley.Chats;

namespace Parley.Log.History;

/// <summary>The history in memory, for servers whose log is there, too.</summary>
public sealed class InMemoryHistoryIndex : IHistoryIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<ChatId, Row> rows = [];
    private HistoryPlace place = HistoryPlace.Beginning(0);

    /// <inheritdoc/>
    public Task<HistoryPlace> PlaceAsync(CancellationToken cancel = default)
    {
        lock (gate) return Task.FromResult(place);
    }

    /// <inheritdoc/>
    public Task<bool> ApplyAsync(
        HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes, CancellationToken cancel = default)
    {
        lock (gate)
        {
            if (place != from) return Task.FromResult(false);
            place = to;
            foreach (var (record, said) in changes)
            {
                var row = rows.TryGetValue(record.Chat, out var known) ? known : rows[record.Chat] = new Row(rows.Count, []);
                row.Record = record;
                row.Said.AddRange(said);
            }
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<HistoryPage> FindAsync(HistoryQuery query, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            var found = rows.Values.Where(row => row.Fits(query)).OrderBy(row => row.Record!.StartedAt).ThenBy(row => row.Number);
            HistoryRecord[] all = [.. found.Select(row => row.Record!)];
            if (query.Order == HistoryOrder.NewestFirst) Array.Reverse(all);
            return Task.FromResult(new HistoryPage(
                [.. all.Skip(query.Offset).Take(query.Limit)], Math.Min(all.Length, query.CountLimit)));
        }
    }

    /// <inheritdoc/>
    public Task ClearAsync(int version, CancellationToken cancel = default)
    {
        lock (gate)
        {
            rows.Clear();
            place = HistoryPlace.Beginning(version);
        }
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed record Row(int Number, List<Utterance> Said)
    {
        public HistoryRecord? Record { get; set; }

        public bool Fits(HistoryQuery query) =>
            Record!.StartedAt >= query.From && Record.StartedAt < query.Before
            && query.Facets.All(Record.Facets.Contains)
            && query.Said.All(phrase => Said.Any(u => u.Clearance <= query.Clearance && Holds(u.Words, phrase)));

        private static bool Holds(IReadOnlyList<string> words, Phrase phrase)
        {
            var last = phrase.Words.Count - 1;
            for (var at = 0; at + last < words.Count; at++)
            {
                if (phrase.Words.Take(last).SequenceEqual(words.Skip(at).Take(last)) && Ends(words[at + last], phrase))
                    return true;
            }
            return false;
        }

        private static bool Ends(string said, Phrase phrase) => phrase.End == PhraseEnd.BeginningOfWord
            ? said.StartsWith(phrase.Words[^1], StringComparison.Ordinal)
            : said == phrase.Words[^1];
    }
}
