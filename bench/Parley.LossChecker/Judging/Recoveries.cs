using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>How long agents hear nothing whose node was killed: from the kill until the first line told by another node.</summary>
internal sealed class Recoveries
{
    private readonly Dictionary<string, long> firstHeard = [];
    private readonly HashSet<string> moved = [];
    private readonly List<long> silences = [];
    private long? killed;

    /// <summary>In milliseconds, one for each agent and kill.</summary>
    public IReadOnlyList<long> Silences => silences;

    public void Add(FaultBegan fault)
    {
        if (!fault.Kind.StartsWith("node killed", StringComparison.Ordinal)) return;
        killed = fault.At;
        firstHeard.Clear();
        moved.Clear();
    }

    public void Add(Opened opened)
    {
        // what was missed may be told before the session is noted
        if (killed is { } at && opened.Kind is SessionKind.Replayed or SessionKind.Reread && moved.Add(opened.Party)
            && firstHeard.TryGetValue(opened.Party, out var heard)) silences.Add(heard - at);
    }

    public void Add(Heard heard)
    {
        if (killed is not { } at || heard.View.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var end)) return;
        var agent = heard.View[..end];
        if (firstHeard.TryAdd(agent, heard.At) && moved.Contains(agent)) silences.Add(heard.At - at);
    }
}
