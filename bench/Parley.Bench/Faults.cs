using System.Collections.Concurrent;

namespace Parley.Bench;

/// <summary>What went wrong, counted by kind; at most 50 kinds are told apart.</summary>
internal sealed class Faults
{
    private const int MostKinds = 50;
    private const string Others = "others";

    private readonly ConcurrentDictionary<string, int> byKind = new();

    /// <summary>How many faults there were.</summary>
    public int Total => byKind.Values.Sum();

    /// <summary>The kinds and their numbers, the most frequent first.</summary>
    public IEnumerable<KeyValuePair<string, int>> Kinds => byKind.OrderByDescending(kind => kind.Value);

    /// <summary>Counts one.</summary>
    public void Add(string kind) =>
        byKind.AddOrUpdate(byKind.Count < MostKinds || byKind.ContainsKey(kind) ? kind : Others, 1, (_, before) => before + 1);
}
