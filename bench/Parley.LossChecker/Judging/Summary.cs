using System.Globalization;
using System.Text;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>What a journal shows, as a page of Markdown.</summary>
internal static class Summary
{
    private const int MostShown = 40;

    public static string Of(Casebook book, IReadOnlyList<Violation> violations)
    {
        var page = new StringBuilder();
        Row(page, "Figure", "");
        Row(page, "---", "---:");
        foreach (var (name, value) in Figures(book)) Row(page, name, value);
        foreach (var kind in Enum.GetValues<Wrong>())
            Row(page, Names[kind], Number(violations.Count(violation => violation.Kind == kind)));
        page.AppendLine();
        Row(page, "Fault", "times");
        Row(page, "---", "---:");
        foreach (var (kind, times) in book.Faults.OrderBy(fault => fault.Key, StringComparer.Ordinal))
            Row(page, kind, Number(times));
        foreach (var violation in violations.Take(MostShown)) page.AppendLine().Append("- ").Append(violation);
        if (violations.Count > MostShown) page.AppendLine().Append("- and ").Append(violations.Count - MostShown).Append(" more");
        if (violations.Count > 0) page.AppendLine();
        return page.ToString();
    }

    private static readonly Dictionary<Wrong, string> Names = new()
    {
        [Wrong.Lost] = "**lost**: acknowledged and not in a transcript",
        [Wrong.Doubled] = "**doubled**: in a transcript or told twice",
        [Wrong.Disordered] = "**out of order**",
        [Wrong.Unsent] = "never sent, or refused, and there",
        [Wrong.Contradicted] = "shown differently to two",
        [Wrong.Stale] = "read without what was known before",
        [Wrong.Untold] = "not told by pushes and polls",
        [Wrong.Leaked] = "agents' words shown to a customer",
        [Wrong.Unfinished] = "waited in vain",
    };

    private static IEnumerable<(string Name, string Value)> Figures(Casebook book)
    {
        var sendings = book.Talks.SelectMany(talk => talk.Sendings).ToArray();
        var acknowledged = sendings.Where(sending => sending.AcknowledgedAt is not null).ToArray();
        yield return ("minutes", (book.Lasted / 60_000.0).ToString("0.0", CultureInfo.InvariantCulture));
        yield return ("faults", Number(book.Faults.Values.Sum()));
        yield return ("chats", Number(book.Talks.Count));
        yield return ("messages sent", Number(sendings.Length));
        yield return ("acknowledged", Number(acknowledged.Length));
        yield return ("refused, or never answered", Number(sendings.Length - acknowledged.Length));
        yield return ("sent again for want of an answer", Number(sendings.Sum(sending => sending.Repeats)));
        yield return ("for agents only", Number(sendings.Count(sending => sending.To == Readers.Agents)));
        yield return ("lines told by pushes and polls", Number(book.Talks.Sum(talk => talk.Views.Sum(view => view.Told.Count))));
        yield return ("transcripts read, meanwhile and at the end", Number(book.Talks.Sum(talk => talk.Readings.Count)));
        yield return ("sessions resumed", Sessions(SessionKind.Resumed));
        yield return ("sessions begun anew and told what they missed", Sessions(SessionKind.Replayed));
        yield return ("sessions begun anew that had to read", Sessions(SessionKind.Reread));
        yield return ("gaps said", Number(book.Gaps));
        var waits = acknowledged.Select(sending => sending.AcknowledgedAt!.Value - sending.SentAt);
        yield return ("longest until acknowledged, s", Seconds(waits));
        yield return ("longest from acknowledged until told, s", Seconds(book.Talks.SelectMany(TellingTimes)));
        yield return ("agents whose node was killed, and who went to another", Number(book.Recoveries.Silences.Count));
        yield return ("from then until they were told the next line, p50 / p99 / longest, s", Spread(book.Recoveries.Silences));

        string Sessions(SessionKind kind) => Number(book.Sessions.GetValueOrDefault(kind));
    }

    /// <summary>How long after each acknowledgement those were told who were there already.</summary>
    private static IEnumerable<long> TellingTimes(Talk talk)
    {
        var sent = talk.Sendings.Where(sending => sending.AcknowledgedAt is not null).ToDictionary(sending => sending.Text);
        foreach (var view in talk.Views)
        {
            var since = view.Told.Count == 0 ? 0 : view.Told[0].At;
            foreach (var (line, at, isRefill) in view.Told)
                if (!isRefill && line.Text is not null && sent.TryGetValue(line.Text, out var sending) && sending.SentAt > since)
                    yield return at - sending.AcknowledgedAt!.Value;
        }
    }

    private static string Seconds(IEnumerable<long> milliseconds) =>
        (milliseconds.DefaultIfEmpty().Max() / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Spread(IReadOnlyList<long> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return $"{UpTo(0.5)} / {UpTo(0.99)} / {UpTo(1)}";

        string UpTo(double share) => Seconds(sorted.Take((int)Math.Ceiling(sorted.Length * share)));
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder page, string name, string value) =>
        page.Append("| ").Append(name).Append(" | ").Append(value).Append(" |").AppendLine();
}
