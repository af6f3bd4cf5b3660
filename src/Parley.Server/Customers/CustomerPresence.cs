using System.Collections.Concurrent;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Hosting;

namespace Parley.Server.Customers;

/// <summary>
/// Notices that a customer is gone: no request for a while, and nobody who is pushed to. A restart of the server gives everyone
/// the time anew; whose chat is asynchronous has all the time there is.
/// </summary>
internal sealed class CustomerPresence(
    Folds<Chat, ChatEvent> chats, ChatHost host, Deadlines deadlines, TimeProvider time, CustomersOptions options,
    RoutingOptions routing) : IHearsCommits
{
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
        if (chat.CustomerPresent && chat.Attendance == Attendance.Live) Watch(chat.Id);
    }

    public void Recall(Agent agent)
    {
    }

    public void Hear(ChatCommit commit)
    {
        var chat = commit.After;
        if (!commit.Before.CustomerPresent && chat.CustomerPresent && chat.Attendance == Attendance.Live) Watch(chat.Id);
        else if (!chat.CustomerPresent) seen.TryRemove(chat.Id, out _);
        if (commit.Events.Any(e => e is ChatEnded))
            deadlines.At(commit.Stamp.At + options.EndedChatReadable, () => chats.Forget(chat.Id.Value));
    }

    public void Hear(AgentCommit commit)
    {
    }

    private void Watch(ChatId chat)
    {
        seen[chat] = time.GetUtcNow();
        WatchAgain(chat, seen[chat]);
    }

    private void WatchAgain(ChatId chat, DateTimeOffset last) => deadlines.At(last + options.SilenceTimeout, () => Look(chat));

    private void Look(ChatId chat)
    {
        if (!seen.TryGetValue(chat, out var last)) return;
        if (connected.ContainsKey(chat)) Watch(chat);
        else if (last + options.SilenceTimeout > time.GetUtcNow()) WatchAgain(chat, last);
        else _ = Remove(chat);
    }

    private async Task Remove(ChatId chat)
    {
        var outcome = await host.Execute(chat, new CustomerLeave(QuitReason.WentSilent, routing.AbandonedOffers));
        if (outcome.Refused is { Reason: Reason.Unavailable }) Watch(chat);
    }
}
