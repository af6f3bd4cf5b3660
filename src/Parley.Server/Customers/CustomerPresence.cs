using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>
/// Notices that a customer is gone: no request for a while, and nobody who is pushed to. A restart of the server, or a pause of
/// it, gives everyone the time anew; whose chat is asynchronous has much more of it.
/// </summary>
internal sealed class CustomerPresence(
    Folds<Chat, ChatEvent> chats, ChatHost host, Deadlines deadlines, Duties duties, TimeProvider time, CustomersOptions options,
    RoutingOptions routing) : IHearsCommits
{
    /// <summary>Whoever looks so late had a pause, or another clock: nobody could have asked meanwhile.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    /// <summary>Chats that have ended stay at hand at least so long, for those who are still being told.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ChatId, DateTimeOffset> seen = new();
    private readonly ConcurrentDictionary<ChatId, int> connected = new();

    /// <summary>The customer made a request.</summary>
    public void Note(ChatId chat)
    {
        if (seen.TryGetValue(chat, out var last)) seen.TryUpdate(chat, time.GetUtcNow(), last);
    }

    /// <summary>The customer is there with one connection more, on which it is pushed what happens.</summary>
    public void Arrived(ChatId chat) => connected.AddOrUpdate(chat, 1, (_, count) => count + 1);

    /// <summary>One of these connections is gone; from the last one on the time runs.</summary>
    public void Departed(ChatId chat)
    {
        if (connected.AddOrUpdate(chat, 0, (_, count) => count - 1) > 0) return;
        connected.TryRemove(KeyValuePair.Create(chat, 0));
        Note(chat);
    }

    public void Recall(Chat chat)
    {
        if (chat.CustomerPresent) Watch(chat.Id);
    }

    public void Hear(ChatCommit commit)
    {
        var chat = commit.After;
        if (!commit.Before.CustomerPresent && chat.CustomerPresent) Watch(chat.Id);
        else if (!chat.CustomerPresent) seen.TryRemove(chat.Id, out _);
        if (commit.Events.Any(e => e is ChatEnded))
        {
            var readable = options.EndedChatReadable > Told ? options.EndedChatReadable : Told;
            deadlines.At(commit.Stamp.At + readable, () => chats.Forget(chat.Id.Value));
        }
    }

    private void Watch(ChatId chat)
    {
        seen[chat] = time.GetUtcNow();
        WatchAgain(chat, seen[chat]);
    }

    private void WatchAgain(ChatId chat, DateTimeOffset last)
    {
        var planned = last + PatienceWith(chat);
        deadlines.At(planned, () => Look(chat, planned));
    }

    private TimeSpan PatienceWith(ChatId id) =>
        chats.TryPeek(id.Value, out var chat) && chat.Attendance == Attendance.Asynchronous
            ? options.AsynchronousSilenceTimeout
            : options.SilenceTimeout;

    private void Look(ChatId chat, DateTimeOffset planned)
    {
        if (!seen.TryGetValue(chat, out var last)) return;
        var now = time.GetUtcNow();
        if (connected.ContainsKey(chat) || now - planned > Late) Watch(chat);
        else if (last + PatienceWith(chat) > now) WatchAgain(chat, last);
        else _ = duties.Do(() => Remove(chat), again => deadlines.At(again, () => Look(chat, again)));
    }

    private async Task<bool> Remove(ChatId chat)
    {
        var outcome = await host.Execute(chat, new CustomerLeave(QuitReason.WentSilent, routing.AbandonedOffers));
        return outcome.Refused is not { Reason: Reason.Unavailable };
    }
}
