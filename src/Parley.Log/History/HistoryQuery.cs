using Parley.Chats;

namespace Parley.Log.History;

/// <summary>
/// Which chats are asked for. All conditions hold at once; the order is by start, and among equal ones by when they came.
/// </summary>
/// <param name="From">The earliest start.</param>
/// <param name="Before">The start before which they lie.</param>
public sealed record HistoryQuery(DateTimeOffset From, DateTimeOffset Before)
{
    public HistoryOrder Order { get; init; } = HistoryOrder.NewestFirst;

    /// <summary>What the chats have to have.</summary>
    public IReadOnlyList<Facet> Facets { get; init; } = [];

    /// <summary>What has to have been said in them, in any order.</summary>
    public IReadOnlyList<Phrase> Said { get; init; } = [];

    /// <summary>Who asks: what this one may not read is not found, either.</summary>
    public Clearance Clearance { get; init; } = Clearance.Agent;

    /// <summary>How many are passed over.</summary>
    public int Offset { get; init; }

    /// <summary>The most that are wanted.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>How far they are counted.</summary>
    public int CountLimit { get; init; } = 10_000;
}

/// <summary>The orders in which chats are listed.</summary>
public enum HistoryOrder
{
    NewestFirst,
    OldestFirst,
}

/// <summary>
/// Words that follow each other in one utterance; of the last one the beginning will do where the phrase says so.
/// </summary>
public sealed record Phrase(IReadOnlyList<string> Words, PhraseEnd End = PhraseEnd.WholeWord);

/// <summary>How a phrase ends.</summary>
public enum PhraseEnd
{
    WholeWord,
    BeginningOfWord,
}

/// <summary>Some of the chats that a query asks for.</summary>
/// <param name="Records">In the order of the query.</param>
/// <param name="TotalCount">How many there are, up to the limit of the query.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryRecord> Records, int TotalCount);
