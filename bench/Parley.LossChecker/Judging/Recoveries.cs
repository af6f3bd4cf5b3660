using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>How long agents whose node was killed are told nothing once they have a session elsewhere.</summary>
internal sealed class Recoveries
{
    private const int MostUntilBack = 10_000;

    private readonly Dictionary<string, long> opened = [];
    private readonly HashSet<string> moved = [];
    private readonly List<long> silences = [];
    private long? killed;

    /// <summary>From the new session until the next line, in milliseconds, one for each agent and kill.</summary>
    public IReadOnlyList<long> Silences => silences;

    public void Add(FaultBegan fault)
    {
        if (!fault.Kind.StartsWith("node killed", StringComparison.Ordinal)) return;
        killed = fault.At;
        opened.Clear();
        moved.Clear();
    }

    public void Add(Opened session, bool isAgent)
    {
        if (killed is not { } at || !isAgent || session.Kind is not (SessionKind.Replayed or SessionKind.Reread)) return;
        // who begins one much later has lost it for another reason
        if (session.At - at < MostUntilBack && moved.Add(session.Party)) opened[session.Party] = session.At;
    }

    public void Add(Heard heard)
    {
        // an agent's eyes are named after the agent, a customer's after the talk
        if (heard.View.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var end)) return;
        if (opened.Remove(heard.View[..end], out var at)) silences.Add(heard.At - at);
    }
}
