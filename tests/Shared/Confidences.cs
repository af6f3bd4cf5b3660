using System.Text.RegularExpressions;

namespace Parley.Testing;

/// <summary>As what somebody takes part in a chat, in words of this ledger's own: it shares no mistake with the server.</summary>
public enum Stance
{
    /// <summary>Before the customer.</summary>
    Open,

    /// <summary>A colleague who is asked for advice.</summary>
    Advising,

    /// <summary>A supervisor whom only supervisors notice.</summary>
    Silent,

    /// <summary>A supervisor who talks to agents.</summary>
    Coaching,

    /// <summary>A supervisor who talks to everyone.</summary>
    BargedIn,
}

/// <summary>Who may ever know what of one chat, by what was asked and accepted and by rules that fit on this page.</summary>
/// <remarks>
/// Every utterance, nickname, link and notice has a word of its own in it, and agents go by ids that are found in a text; a
/// text betrays what is in it and was never meant for its reader.
/// </remarks>
public sealed partial class Confidences(string customer)
{
    /// <summary>How the ledger calls the customer as a reader.</summary>
    public const string Customer = "the customer";

    private readonly List<(string Word, Ear For, bool IsSpoken)> all = [(customer, Ear.Everyone, false)];
    private readonly Dictionary<string, Member> members = [];
    private readonly Dictionary<string, HashSet<string>> known = new() { [Customer] = [customer] };

    private enum Ear
    {
        Everyone,
        Agents,
        Supervisors,
    }

    /// <summary>The customer is there.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Everybody who has the chat, offered or accepted.</summary>
    public IEnumerable<string> Holders => members.Keys;

    /// <summary>A word that nothing else has in it.</summary>
    public static string Word(int number) => $"zq{number:00000}";

    /// <summary>The agent's stance; null for who has nothing to do with the chat.</summary>
    public Stance? StanceOf(string agent) => members.GetValueOrDefault(agent)?.Stance;

    public bool IsInside(string agent) => members.GetValueOrDefault(agent) is { IsInside: true };

    /// <summary>The agent is asked to come; what has been said so far may be read before answering.</summary>
    public void Invite(string agent, Stance stance) =>
        Attach(new Member(agent, stance, "", IsInside: false, Supervises(stance)));

    /// <summary>The agent comes in, under a name; as what it was invited, unless it came by itself.</summary>
    public void Enter(string agent, string nickname, Stance? stance = null)
    {
        var now = stance ?? members[agent].Stance;
        var member = new Member(agent, now, nickname, IsInside: true, Supervises(now));
        Attach(member);
        Introduce(member);
    }

    /// <summary>
    /// The agent goes on in another stance; to whom it comes into sight it is introduced. What it came as, it remains: who came
    /// to supervise goes on hearing what supervisors hear.
    /// </summary>
    public void Shift(string agent, Stance stance)
    {
        var member = members[agent] with { Stance = stance };
        Attach(member);
        if (member.IsInside) Introduce(member);
    }

    /// <summary>The customer says something.</summary>
    public void Say(string word) => Learn(word, Ear.Everyone, isSpoken: true);

    /// <summary>An agent says something, to everyone who notices it.</summary>
    public void Say(string agent, string word) => Learn(word, EarOf(members[agent].Stance), isSpoken: true);

    /// <summary>An agent says something behind the customer's back.</summary>
    public void Whisper(string word) => Learn(word, Ear.Agents, isSpoken: true);

    /// <summary>Something is noted beside the talk; it is the customer's business no more than whispering is.</summary>
    public void Note(string word) => Learn(word, Ear.Agents, isSpoken: false);

    /// <summary>Who has the chat now, and whether the customer is still there.</summary>
    public void Settle(IReadOnlySet<string> holders, bool isOpen)
    {
        IsOpen = isOpen;
        foreach (var gone in members.Keys.Where(agent => !holders.Contains(agent)).ToArray()) members.Remove(gone);
        if (isOpen) return;
        foreach (var member in members.Values.ToArray()) members[member.Agent] = member with { IsInside = false };
    }

    /// <summary>What was said and may be read by this reader now, in order.</summary>
    public IEnumerable<string> WordsFor(string reader) =>
        all.Where(w => w.IsSpoken && w.For <= EarOf(reader)).Select(w => w.Word);

    /// <summary>The names of those in the session whom this reader notices.</summary>
    public IEnumerable<string> PresentFor(string reader)
    {
        var agents = members.Values.Where(m => m.IsInside && EarOf(m.Stance) <= EarOf(reader)).Select(m => m.Nickname);
        return IsOpen ? agents.Append(customer) : agents;
    }

    /// <summary>Whether the agent has somebody to whisper with.</summary>
    public bool HasColleague(string agent) => members.Values.Any(m =>
        m.Agent != agent && m.IsInside && EarOf(m.Stance) <= EarOf(agent));

    /// <summary>Words and ids in a text about this chat that its reader may not know.</summary>
    public IEnumerable<string> Betrayed(string reader, string text) => Words().Matches(text).Select(m => m.Value)
        .Where(word => word != reader && !(known.GetValueOrDefault(reader)?.Contains(word) ?? false)).Distinct();

    private void Attach(Member member)
    {
        members[member.Agent] = member;
        if (!known.TryGetValue(member.Agent, out var mine)) known[member.Agent] = mine = [];
        mine.UnionWith(all.Where(w => w.For <= EarOf(member.Agent)).Select(w => w.Word));
    }

    private void Introduce(Member member)
    {
        Learn(member.Nickname, EarOf(member.Stance), isSpoken: false);
        Learn(member.Agent, EarOf(member.Stance), isSpoken: false);
    }

    private void Learn(string word, Ear ear, bool isSpoken)
    {
        all.Add((word, ear, isSpoken));
        foreach (var reader in members.Keys.Append(Customer).Where(r => ear <= EarOf(r))) known[reader].Add(word);
    }

    /// <summary>Who notices somebody of this stance.</summary>
    private static Ear EarOf(Stance stance) => stance switch
    {
        Stance.Open or Stance.BargedIn => Ear.Everyone,
        Stance.Silent => Ear.Supervisors,
        _ => Ear.Agents,
    };

    /// <summary>How much a reader hears.</summary>
    private Ear EarOf(string reader) =>
        reader == Customer ? Ear.Everyone
        : members[reader].IsSupervisor ? Ear.Supervisors
        : Ear.Agents;

    private static bool Supervises(Stance stance) => stance is Stance.Silent or Stance.Coaching or Stance.BargedIn;

    // also the ids of agents: those that tests give them, and those of users
    [GeneratedRegex(@"zq\d{5}|\b(agent|supervisor)\d\b|\b[0-9a-f]{32}\b")]
    private static partial Regex Words();

    private sealed record Member(string Agent, Stance Stance, string Nickname, bool IsInside, bool IsSupervisor);
}
