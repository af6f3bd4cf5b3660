using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>Compares what everybody sent, was answered, was told and read. It knows nothing but the journal.</summary>
internal static class Judge
{
    /// <summary>Everything that is wrong in a journal.</summary>
    public static IReadOnlyList<Violation> Violations(Casebook book)
    {
        var violations = book.Talks.SelectMany(talk => Violations(talk, book.End is not null)).ToList();
        violations.AddRange(book.OutOfTurn.Select(turn => new Violation(
            turn.Number == turn.Before ? Wrong.Doubled : Wrong.Disordered, "all",
            $"{turn.Party} was told notification {turn.Number} after {turn.Before}")));
        if (book.End is { IsQuiet: false } end) violations.Add(new(Wrong.Unfinished, "all", $"waited in vain: {end.Waiting}"));
        return violations;
    }

    /// <param name="isOver">Whether the play went to its end: then each talk has a transcript.</param>
    private static IEnumerable<Violation> Violations(Talk talk, bool isOver)
    {
        var whole = new WholeTranscript(talk);
        var isRead = talk.Readings.Any(reading => reading.Kind == ReadKind.Final);
        IEnumerable<Violation> found = whole.Contradictions.Concat(WrongTexts(talk, whole));
        found = found.Concat(talk.Readings.SelectMany(reading => WrongReading(talk, reading, whole)));
        found = found.Concat(talk.StalePolls.Select(poll => new Violation(
            Wrong.Stale, talk.Name, $"a poll was answered at {poll.At} ms without '{poll.Text}', acknowledged before")));
        found = found.Concat(talk.Views.SelectMany(view => WrongView(talk, view, whole)));
        if (isRead) return found.Concat(WrongFates(talk, whole)).Concat(WrongOrder(talk, whole));
        return isOver && talk.Sendings.Any(sending => sending.AcknowledgedAt is not null)
            ? found.Append(new(Wrong.Unfinished, talk.Name, "nobody has read its transcript at the end"))
            : found;
    }

    /// <summary>Texts that nobody sent here, and those for agents that the customer was shown.</summary>
    private static IEnumerable<Violation> WrongTexts(Talk talk, WholeTranscript whole)
    {
        foreach (var line in whole.Lines.Where(line => line.Text is not null && talk.SendingOf(line.Text) is null))
            yield return new(Wrong.Unsent, talk.Name, $"'{line.Text}' at index {line.Index}");
        var shown = talk.Readings.Where(reading => reading.IsCustomer).SelectMany(reading => reading.Lines)
            .Concat(talk.Views.Where(view => view.IsCustomer).SelectMany(view => view.Told).Select(told => told.Line));
        foreach (var line in shown.Where(line => whole.IsForAgents(line)).Distinct())
            yield return new(Wrong.Leaked, talk.Name, $"index {line.Index}: '{line.Text}'");
    }

    /// <summary>Acknowledged: once. Refused at the first try: never. Anything else: at most once.</summary>
    private static IEnumerable<Violation> WrongFates(Talk talk, WholeTranscript whole)
    {
        foreach (var sending in talk.Sendings)
        {
            var times = whole.IndexesOf(sending.Text).Count;
            if (sending.AcknowledgedAt is not null && times == 0)
                yield return new(Wrong.Lost, talk.Name, $"'{sending.Text}' was acknowledged and is not there");
            else if (sending.AcknowledgedAt is null && sending is { IsRefused: true, Repeats: 0 } && times > 0)
                yield return new(Wrong.Unsent, talk.Name, $"'{sending.Text}' was refused and is there");
            if (times > 1)
                yield return new(
                    Wrong.Doubled, talk.Name, $"'{sending.Text}' is there {times} times, sent {sending.Repeats + 1} times");
        }
    }

    private static IEnumerable<Violation> WrongOrder(Talk talk, WholeTranscript whole)
    {
        var acknowledged = talk.Sendings.Where(sending => sending.AcknowledgedAt is not null);
        foreach (var ofParty in acknowledged.GroupBy(sending => sending.Party))
        {
            var before = 0;
            foreach (var sending in ofParty)
            {
                if (whole.IndexesOf(sending.Text) is not [var index, ..]) continue;
                if (index < before)
                    yield return new(
                        Wrong.Disordered, talk.Name, $"'{sending.Text}' has index {index}, the one before it {before}");
                before = index;
            }
        }
    }

    /// <summary>A reading is the transcript from its beginning, and as far as anybody knew when it was asked for.</summary>
    private static IEnumerable<Violation> WrongReading(Talk talk, Reading reading, WholeTranscript whole)
    {
        var last = reading.Lines.Count == 0 ? 0 : reading.Lines.Max(line => line.Index);
        var wanted = reading.Kind == ReadKind.Final ? int.MaxValue : last;
        var missing = reading.Kind == ReadKind.Final ? Wrong.Lost : Wrong.Stale;
        foreach (var wrong in WrongLines(talk, reading.View, reading.IsCustomer, reading.Lines, wanted, whole, missing))
            yield return wrong;

        var texts = reading.Lines.Select(line => line.Text).ToHashSet();
        foreach (var sending in reading.Acknowledged)
            if (!texts.Contains(sending.Text) && !(reading.IsCustomer && sending.To == Readers.Agents))
                yield return new(
                    Wrong.Stale, talk.Name, $"{reading.View} read up to {last} without '{sending.Text}', acknowledged before");
        var told = reading.IsCustomer ? reading.ToldUpTo.Customer : reading.ToldUpTo.Agents;
        if (last < told)
            yield return new(Wrong.Stale, talk.Name, $"{reading.View} read up to {last}, index {told} had been told before");
    }

    /// <summary>
    /// Who was told by pushes and polls has the transcript: all of it if it was there at the end, else all up to its last line.
    /// </summary>
    private static IEnumerable<Violation> WrongView(Talk talk, View view, WholeTranscript whole)
    {
        var lines = new List<Line>();
        var seen = new HashSet<int>();
        foreach (var (line, _, isRefill) in view.Told)
        {
            // what was read in between may be told as well
            if (seen.Add(line.Index)) lines.Add(line);
            else if (!isRefill && view.Told.All(told => !told.IsRefill))
                yield return new(Wrong.Doubled, talk.Name, $"{view.Name} was told index {line.Index} twice: '{line.Text}'");
        }
        var isFinal = talk.Readings.Any(reading => reading.View == view.Name && reading.Kind == ReadKind.Final);
        var wanted = isFinal ? int.MaxValue : lines.Count == 0 ? 0 : lines.Max(line => line.Index);
        foreach (var wrong in WrongLines(talk, view.Name, view.IsCustomer, lines, wanted, whole, Wrong.Untold))
            yield return wrong;
    }

    /// <summary>Lines ascend, and none is missing of those that this side may see up to the one that is wanted.</summary>
    private static IEnumerable<Violation> WrongLines(
        Talk talk, string view, bool isCustomer, IReadOnlyList<Line> lines, int wanted, WholeTranscript whole,
        Wrong whenMissing)
    {
        for (var i = 1; i < lines.Count; i++)
            if (lines[i].Index <= lines[i - 1].Index)
                yield return new(
                    Wrong.Disordered, talk.Name, $"{view} was shown index {lines[i].Index} after {lines[i - 1].Index}");
        var has = lines.Select(line => line.Index).ToHashSet();
        var missing = whole.VisibleTo(isCustomer).Where(index => index <= wanted && !has.Contains(index)).ToArray();
        if (missing.Length > 0)
            yield return new(
                whenMissing, talk.Name,
                $"{view} was not shown {missing.Length} lines: {string.Join(' ', missing.Take(10))}; it has {lines.Count}");
    }
}
