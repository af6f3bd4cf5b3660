using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Rest;

namespace Parley.Server.Customers;

/// <summary>
/// What was to be given to customers who keep no positions when the log could not say whether that is stored: it is tried again,
/// as the same command, and so given once.
/// </summary>
internal sealed class Undelivered
{
    /// <summary>As many as may be asked about while the log is away; what is beyond is given up.</summary>
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<ChatId, Delivery> kept = new();

    /// <summary>What is to be tried again, for one caller; null if nothing is.</summary>
    public Delivery? Take(ChatId chat) => kept.TryRemove(chat, out var delivery) ? delivery : null;

    public void Keep(ChatId chat, Delivery delivery)
    {
        if (kept.Count < MostKept) kept[chat] = delivery;
    }
}

/// <summary>A part of a transcript that is being given to a customer.</summary>
internal sealed record Delivery(
    DeliverTranscript Command, IdempotencyKey Key, IReadOnlyList<Entry> Entries, bool IsEnd)
{
    /// <summary>What the customer has not been given yet; null if there is nothing.</summary>
    public static Delivery? Next(Chat chat, Func<Chat, int, IEnumerable<Entry>> read)
    {
        if (chat.DeliveredUpTo == int.MaxValue) return null;
        Entry[] entries = [.. read(chat, chat.DeliveredUpTo + 1)];
        var isEnd = !chat.CustomerPresent;
        if (entries.Length == 0 && !isEnd) return null;
        var command = new DeliverTranscript(chat.DeliveredUpTo, isEnd ? int.MaxValue : entries[^1].Index);
        return new Delivery(command, new IdempotencyKey(Guid.CreateVersion7().ToString("N"), ""), entries, isEnd);
    }
}
