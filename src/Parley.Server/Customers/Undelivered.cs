using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary>
/// What is being given to customers who keep no positions, from before it is stored that they were given it until that is known:
/// if the log cannot say, the next request is about the same part, as the same command, and one request in all gets it.
/// </summary>
/// <remarks>This node's own: a customer who asks another one meanwhile is given there what it has not been given yet.</remarks>
internal sealed class Undelivered(TimeProvider time)
{
    /// <summary>With more, those of customers who do not seem to come back are given up.</summary>
    private const int MostKept = 10_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<ChatId, Delivery> all = new();

    /// <summary>The part that a customer is to be given now; null if there is nothing.</summary>
    public Delivery? Next(Chat chat, Func<Chat, int, IEnumerable<Entry>> read)
    {
        if (all.TryGetValue(chat.Id, out var begun)) return begun;
        if (chat.DeliveredUpTo == int.MaxValue) return null;
        var isEnd = !chat.CustomerPresent;
        var last = read(chat, chat.DeliveredUpTo + 1).LastOrDefault();
        if (last is null && !isEnd) return null;
        if (all.Count >= MostKept) GiveUp();
        var command = new DeliverTranscript(chat.DeliveredUpTo, isEnd ? int.MaxValue : last!.Index);
        return all.GetOrAdd(
            chat.Id, new Delivery(command, new IdempotencyKey(Guid.CreateVersion7().ToString("N"), ""), time.GetUtcNow()));
    }

    /// <summary>Its fate is known; true for one of those who asked for it.</summary>
    public bool Settle(ChatId chat, Delivery delivery) => all.TryRemove(KeyValuePair.Create(chat, delivery));

    private void GiveUp()
    {
        var since = time.GetUtcNow() - KeptFor;
        foreach (var one in all)
            if (one.Value.Begun < since)
                all.TryRemove(one);
    }
}

/// <summary>A part of a transcript that is being given to a customer.</summary>
/// <param name="Key">What the command is known by when it is tried again.</param>
internal sealed record Delivery(DeliverTranscript Command, IdempotencyKey Key, DateTimeOffset Begun)
{
    /// <summary>Whether it is the last part.</summary>
    public bool IsEnd => Command.UpTo == int.MaxValue;

    /// <summary>The entries of the part.</summary>
    public IReadOnlyList<Entry> Of(Chat chat, Func<Chat, int, IEnumerable<Entry>> read) =>
        [.. read(chat, Command.After + 1).Where(entry => entry.Index <= Command.UpTo)];
}
