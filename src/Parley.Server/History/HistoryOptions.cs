using System.ComponentModel.DataAnnotations;

namespace Parley.Server.History;

/// <summary>Section <c>Parley:History</c>: what can be found out about chats that were. Times in milliseconds.</summary>
internal sealed class HistoryOptions
{
    /// <summary>
    /// How long a question waits until the history knows all that was stored before it was asked; after that it is answered from
    /// what there is, and the answer says so.
    /// </summary>
    [Range(0, 60_000)]
    public int CatchUpMs { get; set; } = 2_000;

    /// <summary>How long a search may take, waiting for its turn included: 100 ms to 1 min.</summary>
    [Range(100, 60_000)]
    public int SearchTimeoutMs { get; set; } = 5_000;

    /// <summary>Questions that are answered over notifications and not answered yet; one more is refused.</summary>
    [Range(1, 10_000)]
    public int MaxQuestionsUnderWay { get; set; } = 256;

    /// <summary>The most chats in one answer.</summary>
    [Range(1, 10_000)]
    public int MaxResults { get; set; } = 1_000;

    /// <summary>How far the chats that fit are counted, and how many may be passed over.</summary>
    [Range(100, 1_000_000)]
    public int MaxCounted { get; set; } = 10_000;

    /// <summary>The longest text to search for.</summary>
    [Range(16, 2_000)]
    public int MaxSearchLength { get; set; } = 500;

    /// <summary>The most words or phrases in it, and the most attributes that a question may name.</summary>
    [Range(1, 64)]
    public int MaxConditions { get; set; } = 16;

    /// <summary>How long the history gathers what happens before it takes it in, unless somebody asks: 0 to 5 s.</summary>
    [Range(0, 5_000)]
    public int GatherMs { get; set; } = 250;

    /// <summary>About how many events of the log are taken into the history at a time.</summary>
    [Range(1, 100_000)]
    public int BatchEvents { get; set; } = 2_048;

    /// <summary>How many open chats the history holds in memory; others it reads again when they go on.</summary>
    [Range(16, 1_000_000)]
    public int MaxHeldChats { get; set; } = 10_000;

    internal TimeSpan Gather => TimeSpan.FromMilliseconds(GatherMs);

    internal TimeSpan CatchUp => TimeSpan.FromMilliseconds(CatchUpMs);

    internal TimeSpan SearchTimeout => TimeSpan.FromMilliseconds(SearchTimeoutMs);
}
