using Parley.LossChecker.Journals;
using Parley.LossChecker.Judging;

namespace Parley.Reliability.Tests.Judging;

/// <summary>A made-up journal of one talk between the customer Ada and the agent Bob, to be told wrongly.</summary>
internal sealed class Story
{
    public const string Ada = "ada";
    public const string Bob = "bob";
    public const string Desk = "bob/1";

    private readonly List<Entry> entries = [new TalkBegan(Ada, "b")];
    private int reads;

    /// <summary>What the transcript says, as agents see it: two came, then texts.</summary>
    public List<Line> Lines { get; } = [new(1, null), new(2, null)];

    /// <summary>Both have come and said something, and nothing is wrong.</summary>
    public static Story Good() => new Story().Said(Ada, "one").Said(Bob, "hello").Said(Ada, "two");

    /// <summary>Adds to what is known already.</summary>
    public Story And(params Entry[] more)
    {
        entries.AddRange(more);
        return this;
    }

    /// <summary>A text that is acknowledged and in the transcript, to be told to both or to the agent alone.</summary>
    public Story Said(string party, string words, Readers to = Readers.Everybody)
    {
        Sent(party, words, to);
        Lines.Add(new Line(Lines[^1].Index + 1, TextOf(words), to));
        return And(new Acknowledged(TextOf(words)));
    }

    public Story Sent(string party, string words, Readers to = Readers.Everybody) =>
        And(new Sent(Ada, party, TextOf(words), to));

    /// <summary>What somebody was told by pushes or polls.</summary>
    public Story Told(string view, IEnumerable<Line> lines) => And([.. lines.Select(line => new Heard(Ada, view, line))]);

    public Story Reads(string view, ReadKind kind, IEnumerable<Line> lines)
    {
        var read = ++reads;
        return And(new ReadBegan(read, Ada), new ReadDone(read, Ada, view, kind, [.. lines]));
    }

    /// <summary>Both are told everything, read everything, and go.</summary>
    public Story EndsWell() => ToldAll().ReadsAll();

    public Story ToldAll() => Told(Desk, Lines).Told(Ada, ForCustomer(Lines));

    public Story ReadsAll() =>
        Reads(Desk, ReadKind.Final, Lines).Reads(Ada, ReadKind.Final, ForCustomer(Lines)).And(new Finished(true, ""));

    public Casebook Book() => Casebook.Of(entries);

    /// <summary>What the judge finds, in the order of the alphabet.</summary>
    public IEnumerable<Wrong> Wrongs() =>
        Judge.Violations(Book()).Select(violation => violation.Kind).Distinct()
            .OrderBy(kind => kind.ToString(), StringComparer.Ordinal);

    public static string TextOf(string words) => $"{Ada} {words}";

    /// <summary>The customer is not told for whom a line is.</summary>
    public static IEnumerable<Line> ForCustomer(IEnumerable<Line> lines) => lines.Where(line => line.To == Readers.Everybody);
}
