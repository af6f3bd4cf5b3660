using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Judging;

/// <summary>Everything that anybody knows of one talk.</summary>
internal sealed class Talk(string name)
{
    private readonly Dictionary<string, View> views = [];
    private readonly Dictionary<string, Sending> sendings = [];

    public string Name { get; } = name;

    /// <summary>What was sent, in the order of sending.</summary>
    public IReadOnlyCollection<Sending> Sendings => sendings.Values;

    public IReadOnlyCollection<View> Views => views.Values;

    public List<Reading> Readings { get; } = [];

    /// <summary>When a poll was answered without a text that had been acknowledged before it was asked.</summary>
    public List<(long At, string Text)> StalePolls { get; } = [];

    /// <summary>The last line that was told to anybody, and to customers, so far.</summary>
    public (int Agents, int Customer) ToldUpTo { get; private set; }

    public View ViewOf(string name)
    {
        if (!views.TryGetValue(name, out var view)) views[name] = view = new View(name, IsCustomer(name));
        return view;
    }

    public Sending? SendingOf(string text) => sendings.GetValueOrDefault(text);

    public void Add(Sending sending) => sendings.TryAdd(sending.Text, sending);

    public void Told(string view, Line line, long at)
    {
        ViewOf(view).Told.Add((line, at, IsRefill: false));
        var customer = IsCustomer(view) ? Math.Max(ToldUpTo.Customer, line.Index) : ToldUpTo.Customer;
        ToldUpTo = (Math.Max(ToldUpTo.Agents, line.Index), customer);
    }

    /// <summary>The customer's view has the talk's name.</summary>
    public bool IsCustomer(string view) => view == Name;
}

/// <summary>What one pair of eyes was told by pushes and polls, in this order.</summary>
internal sealed class View(string name, bool isCustomer)
{
    public string Name { get; } = name;

    public bool IsCustomer { get; } = isCustomer;

    public List<(Line Line, long At, bool IsRefill)> Told { get; } = [];
}

/// <summary>A text, and what its sender knows of it.</summary>
internal sealed class Sending(Sent sent)
{
    public string Text { get; } = sent.Text;
    public string Party { get; } = sent.Party;
    public Readers To { get; } = sent.To;
    public long SentAt { get; } = sent.At;
    public long? AcknowledgedAt { get; set; }
    public int Repeats { get; set; }
    public bool IsRefused { get; set; }
}

/// <summary>A transcript that somebody read.</summary>
/// <param name="Acknowledged">What had been acknowledged before it was asked for.</param>
/// <param name="ToldUpTo">The last line that had been told to agents, and to the customer, before it was asked for.</param>
internal sealed record Reading(
    string View, bool IsCustomer, ReadKind Kind, IReadOnlyList<Line> Lines, IReadOnlyList<Sending> Acknowledged,
    (int Agents, int Customer) ToldUpTo);
