using System.Collections.Concurrent;
using Parley.Client;

namespace Parley.Bench;

/// <summary>What all players of a run share: the texts, the journal, the measurements, and which chats are under way.</summary>
internal sealed class Stage(CustomerText texts, MessageJournal journal, Faults faults)
{
    private readonly ConcurrentDictionary<string, byte> created = new();
    private readonly ConcurrentDictionary<string, byte> accepted = new();
    private readonly ConcurrentDictionary<string, byte> completed = new();
    private int skippedAnswers;

    public CustomerText Texts { get; } = texts;
    public MessageJournal Journal { get; } = journal;
    public Faults Faults { get; } = faults;

    /// <summary>From the request to the answer of a create.</summary>
    public Latencies Creates { get; } = new();

    /// <summary>From the moment a poll was due to its answer, since <see cref="StartMeasuring"/>.</summary>
    public Latencies Refreshes { get; private set; } = new();

    /// <summary>From the notification of an offer to the answer of Accept.</summary>
    public Latencies Accepts { get; } = new();

    /// <summary>From the request to the answer of an agent's SendMessage, since <see cref="StartMeasuring"/>.</summary>
    public Latencies Answers { get; private set; } = new();

    /// <summary>The customers whose chat an agent has accepted so far.</summary>
    public int AcceptedCount => accepted.Keys.Count(created.ContainsKey);

    /// <summary>The chats of this run that were completed so far.</summary>
    public int CompletedCount => completed.Keys.Count(created.ContainsKey);

    /// <summary>Answers not given because the agent was behind with its work.</summary>
    public int SkippedAnswers => Volatile.Read(ref skippedAnswers);

    public void CountSkippedAnswer() => Interlocked.Increment(ref skippedAnswers);

    public void Created(string chatId) => created.TryAdd(chatId, 0);
    public void Accepted(string chatId) => accepted.TryAdd(chatId, 0);
    public void Completed(string chatId) => completed.TryAdd(chatId, 0);
    public bool IsAccepted(string chatId) => accepted.ContainsKey(chatId);

    /// <summary>Forgets what was measured while warming up.</summary>
    public void StartMeasuring() => (Answers, Refreshes) = (new Latencies(), new Latencies());
}
