using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>One talk's transcript, put together from all that anybody was ever shown of it.</summary>
internal sealed class WholeTranscript
{
    private readonly Talk talk;
    private readonly SortedDictionary<int, Line> byIndex = [];
    private readonly Dictionary<string, List<int>> byText = [];
    private readonly List<Violation> contradictions = [];
    private readonly bool hasAgents;

    public WholeTranscript(Talk talk)
    {
        this.talk = talk;
        // what agents are shown says for whom a line is, and comes first
        var shown = talk.Readings.Select(reading => (reading.View, reading.IsCustomer, reading.Lines.AsEnumerable()))
            .Concat(talk.Views.Select(view => (view.Name, view.IsCustomer, view.Told.Select(told => told.Line))));
        foreach (var (view, _, lines) in shown.OrderBy(view => view.IsCustomer)) Add(view, lines);
        hasAgents = talk.Views.Any(view => !view.IsCustomer) || talk.Readings.Any(reading => !reading.IsCustomer);
        foreach (var line in byIndex.Values)
        {
            if (line.Text is null) continue;
            if (!byText.TryGetValue(line.Text, out var indexes)) byText[line.Text] = indexes = [];
            indexes.Add(line.Index);
        }
    }

    public IReadOnlyCollection<Line> Lines => byIndex.Values;

    public IReadOnlyList<Violation> Contradictions => contradictions;

    public IReadOnlyList<int> IndexesOf(string text) => byText.GetValueOrDefault(text) ?? [];

    /// <summary>Whether customers must not see a line that they were shown.</summary>
    public bool IsForAgents(Line line) =>
        (line.Text is not null && talk.SendingOf(line.Text) is { To: Readers.Agents })
        || (hasAgents && byIndex[line.Index].To == Readers.Agents);

    /// <summary>The indexes that customers, or agents, may see.</summary>
    public IEnumerable<int> VisibleTo(bool customer) =>
        byIndex.Values.Where(line => !customer || line.To == Readers.Everybody).Select(line => line.Index);

    private void Add(string view, IEnumerable<Line> lines)
    {
        foreach (var line in lines)
        {
            if (byIndex.TryAdd(line.Index, line) || byIndex[line.Index].Text == line.Text) continue;
            contradictions.Add(new(
                Wrong.Contradicted, talk.Name,
                $"{view} was shown '{line.Text}' at index {line.Index}, others '{byIndex[line.Index].Text}'"));
        }
    }
}
