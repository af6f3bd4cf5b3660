using System.Collections.Concurrent;
using Parley.LossChecker.Journals;

namespace Parley.LossChecker.Players;

/// <summary>
/// What all parties of a play share: the journal, the service, how much is said, and whether to come to an end.
/// </summary>
internal sealed class Play(Uri service, string chatService, Journal journal, PlayOptions options, CancellationToken cancel)
{
    private readonly ConcurrentDictionary<string, bool> abandoned = new();
    private int acknowledged;
    private volatile bool isFinishing;

    public Uri Service { get; } = service;

    /// <summary>The customers' chat service.</summary>
    public string ChatService { get; } = chatService;

    public Journal Journal { get; } = journal;

    public PlayOptions Options { get; } = options;

    public CancellationToken Cancel { get; } = cancel;

    /// <summary>How many texts were acknowledged so far.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Customers begin no more talks and bring the present one to its end.</summary>
    public bool IsFinishing => isFinishing;

    public void Finish() => isFinishing = true;

    public void CountAcknowledged() => Interlocked.Increment(ref acknowledged);

    /// <summary>Nobody knows the keys of this talk: its customer asked for it and was not answered.</summary>
    public void Abandon(string talk) => abandoned[talk] = true;

    public bool IsAbandoned(string talk) => abandoned.ContainsKey(talk);
}

/// <summary>How much is said.</summary>
/// <param name="Seed">What all chances come from.</param>
/// <param name="Customers">How many talk at any time.</param>
/// <param name="PauseMs">The mean time between two texts of one customer.</param>
/// <param name="TextsPerTalk">The mean number of a customer's texts.</param>
internal sealed record PlayOptions(int Seed, int Customers, int PauseMs, int TextsPerTalk)
{
    /// <summary>The customers' names begin with it, so that no two plays meet.</summary>
    public string Prefix { get; } = $"r{Seed & 0xffffff:x}";
}
