using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>A journal, put in order by talks.</summary>
internal sealed class Casebook
{
    private readonly Dictionary<string, Talk> talks = [];
    private readonly Dictionary<string, Sending> sendings = [];
    private readonly Dictionary<int, (List<Sending> Acknowledged, (int, int) ToldUpTo)> asked = [];
    private readonly Dictionary<string, List<Sending>> acknowledged = [];
    private readonly Dictionary<string, int> faults = [];
    private readonly Dictionary<SessionKind, int> sessions = [];
    private readonly List<OutOfTurn> outOfTurn = [];
    private readonly Recoveries recoveries = new();

    public IReadOnlyCollection<Talk> Talks => talks.Values;

    /// <summary>How the play ended; null if the journal ends before.</summary>
    public Finished? End { get; private set; }

    /// <summary>What was broken, by kind.</summary>
    public IReadOnlyDictionary<string, int> Faults => faults;

    /// <summary>Sessions of notifications, by how they came about.</summary>
    public IReadOnlyDictionary<SessionKind, int> Sessions => sessions;

    /// <summary>Notifications whose numbers did not rise.</summary>
    public IReadOnlyList<OutOfTurn> OutOfTurn => outOfTurn;

    /// <summary>How agents came back whose node was killed.</summary>
    public Recoveries Recoveries => recoveries;

    /// <summary>Gaps that the server said.</summary>
    public int Gaps { get; private set; }

    /// <summary>Times that a view read what it could not be told.</summary>
    public int Refills { get; private set; }

    /// <summary>Milliseconds from the first line to the last.</summary>
    public long Lasted { get; private set; }

    public static Casebook Of(IEnumerable<Entry> entries)
    {
        var book = new Casebook();
        foreach (var entry in entries) book.Add(entry);
        return book;
    }

    private void Add(Entry entry)
    {
        Lasted = Math.Max(Lasted, entry.At);
        switch (entry)
        {
            case TalkBegan began: TalkOf(began.Talk); break;
            case Sent sent: Add(sent); break;
            case Repeated again: sendings[again.Text].Repeats++; break;
            case Acknowledged ack: Add(ack); break;
            case Refused refused: sendings[refused.Text].IsRefused = true; break;
            case Heard heard: Add(heard); break;
            case ReadBegan read: Add(read); break;
            case ReadDone read: Add(read); break;
            case Polled polled: Add(polled); break;
            case Refilled refilled: Add(refilled); break;
            case Opened opened: Add(opened); break;
            case GapSaid: Gaps++; break;
            case OutOfTurn turn: outOfTurn.Add(turn); break;
            case FaultBegan fault: Add(fault); break;
            case Finished finished: End = finished; break;
            default: break;
        }
    }

    private Talk TalkOf(string name)
    {
        if (!talks.TryGetValue(name, out var talk)) talks[name] = talk = new Talk(name);
        return talk;
    }

    private void Add(Sent sent)
    {
        var sending = new Sending(sent);
        if (sendings.TryAdd(sent.Text, sending)) TalkOf(sent.Talk).Add(sending);
        acknowledged.TryAdd(sent.Talk, []);
    }

    private void Add(Acknowledged ack)
    {
        var sending = sendings[ack.Text];
        if (sending.AcknowledgedAt is not null) return;
        sending.AcknowledgedAt = ack.At;
        acknowledged[TalkIn(ack.Text)].Add(sending);
    }

    private void Add(Heard heard)
    {
        TalkOf(heard.Talk).Told(heard.View, heard.Line, heard.At);
        recoveries.Add(heard);
    }

    private void Add(Opened opened)
    {
        sessions[opened.Kind] = sessions.GetValueOrDefault(opened.Kind) + 1;
        recoveries.Add(opened, isAgent: !talks.ContainsKey(opened.Party));
    }

    private void Add(FaultBegan fault)
    {
        faults[fault.Kind] = faults.GetValueOrDefault(fault.Kind) + 1;
        recoveries.Add(fault);
    }

    private void Add(ReadBegan read) => asked[read.Read] =
        ([.. acknowledged.GetValueOrDefault(read.Talk) ?? []], TalkOf(read.Talk).ToldUpTo);

    private void Add(ReadDone read)
    {
        if (!asked.Remove(read.Read, out var before)) return;
        var talk = TalkOf(read.Talk);
        talk.Readings.Add(new Reading(
            read.View, talk.IsCustomer(read.View), read.Kind, read.Lines, before.Acknowledged, before.ToldUpTo));
    }

    private void Add(Polled polled)
    {
        if (!asked.Remove(polled.Read, out var before)) return;
        var talk = TalkOf(polled.Talk);
        var told = talk.ViewOf(polled.View).Told.Select(told => told.Line.Text).ToHashSet();
        var untold = before.Acknowledged.Where(sending => sending.To == Readers.Everybody && !told.Contains(sending.Text));
        foreach (var sending in untold.Take(1)) talk.StalePolls.Add((polled.At, sending.Text));
    }

    private void Add(Refilled refilled)
    {
        Refills++;
        var told = TalkOf(refilled.Talk).ViewOf(refilled.View).Told;
        foreach (var line in refilled.Lines) told.Add((line, refilled.At, IsRefill: true));
    }

    /// <summary>A text begins with the name of its talk.</summary>
    private static string TalkIn(string text) => text[..text.IndexOf(' ')];
}
