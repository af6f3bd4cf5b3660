using System.Collections.Concurrent;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;
using Parley.Server.Nodes;

namespace Parley.Server.Customers;

/// <summary>
/// Notices that a customer is gone: no request for a while, and nobody who is pushed to. A restart of the server, or a pause of
/// it, gives everyone the time anew; whose chat is asynchronous has much more of it.
/// </summary>
internal sealed class CustomerPresence : IHearsCommits
{
    /// <summary>Whoever looks so late had a pause, or another clock: nobody could have asked meanwhile.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    /// <summary>Chats that have ended stay at hand at least so long, for those who are still being told.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ChatId, DateTimeOffset> seen = new();
    private readonly ConcurrentDictionary<ChatId, int> connected = new();
    private readonly Folds<Chat, ChatEvent> chats;
    private readonly ChatHost host;
    private readonly Deadlines deadlines;
    private readonly Duties duties;
    private readonly Sightings sightings;
    private readonly TimeProvider time;
    private readonly CustomersOptions options;
    private readonly RoutingOptions routing;

    public CustomerPresence(
        Folds<Chat, ChatEvent> chats, ChatHost host, Deadlines deadlines, Duties duties, Sightings sightings, TimeProvider time,
        CustomersOptions options, RoutingOptions routing)
    {
        (this.chats, this.host, this.deadlines, this.duties, this.sightings, this.time, this.options, this.routing) =
            (chats, host, deadlines, duties, sightings, time, options, routing);
        sightings.Include(() => connected.Keys.Select(Name));
    }

    /// <summary>The customer made a request.</summary>
    public void Note(ChatId chat)
    {
        if (!seen.TryGetValue(chat, out var last)) return;
        seen.TryUpdate(chat, time.GetUtcNow(), last);
        sightings.Saw(Name(chat));
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
        else _ = duties.Do(() => RemoveUnlessElsewhere(chat), again => deadlines.At(again, () => Look(chat, again)));
    }

    /// <summary>Takes out a customer, unless another node has seen it lately: then it is looked at again.</summary>
    private async Task<bool> RemoveUnlessElsewhere(ChatId chat)
    {
        if (PatienceWith(chat) - await sightings.Elsewhere(Name(chat)) is not { } rest || rest <= TimeSpan.Zero)
            return await Remove(chat);
        var planned = time.GetUtcNow() + rest;
        deadlines.At(planned, () => Look(chat, planned));
        return true;
    }

    private static string Name(ChatId chat) => $"customer/{chat}";

    private async Task<bool> Remove(ChatId chat)
    {
        var outcome = await host.Execute(chat, new CustomerLeave(QuitReason.WentSilent, routing.AbandonedOffers));
        return outcome.Refused is not { Reason: Reason.Unavailable };
    }
}
