using Parley.Chats;
using Parley.Server.Customers;
using Parley.Server.Hosting;
using Parley.Server.Provisioning;

namespace Parley.Server.Operation.Overload;

/// <summary>
/// How many chats are not finished, and how many of them wait in which queue; those that are just beginning count from the moment
/// at which they are let in.
/// </summary>
internal sealed class Occupancy(CustomersOptions customers, OverloadOptions options) : IHearsCommits
{
    private readonly Lock gate = new();
    private readonly Dictionary<ChatId, Seat> seats = [];
    private readonly Dictionary<QueueName, int> waiting = [];

    /// <summary>The queues that are closed; all others are open.</summary>
    private readonly HashSet<QueueName> closed = [];

    private Watermark open = new(customers.MaxOpenChats);

    /// <summary>How many chats are not finished.</summary>
    public int Open
    {
        get
        {
            lock (gate) return seats.Count;
        }
    }

    /// <summary>Why a chat cannot begin in the queue; null if it can.</summary>
    public Limit? Reached(Queue queue)
    {
        lock (gate)
        {
            open = open.At(seats.Count);
            if (open.IsClosed) return Limit.OpenChats;
            var mark = new Watermark(queue.MaxWaiting ?? options.MaxWaitingPerQueue, closed.Contains(queue.QueueName))
                .At(waiting.GetValueOrDefault(queue.QueueName));
            if (!mark.IsClosed) closed.Remove(queue.QueueName);
            else closed.Add(queue.QueueName);
            return mark.IsClosed ? Limit.Queue : null;
        }
    }

    /// <summary>Lets a chat in that is about to begin, unless a limit is reached, which is the answer then.</summary>
    public Limit? Enter(ChatId chat, Queue queue)
    {
        lock (gate)
        {
            if (Reached(queue) is { } limit) return limit;
            Take(chat, new Seat(queue.QueueName, IsTaken: false));
            return null;
        }
    }

    /// <summary>The chat did not begin.</summary>
    public void Leave(ChatId chat)
    {
        lock (gate)
        {
            // if it did all the same, it stays
            if (seats.TryGetValue(chat, out var seat) && !seat.IsTaken) Give(chat);
        }
    }

    public void Recall(Chat chat) => Note(chat);

    public void Hear(ChatCommit commit)
    {
        // talk changes nothing
        if (!commit.Before.Exists || commit.Before.Place != commit.After.Place || commit.Before.Line != commit.After.Line)
            Note(commit.After);
    }

    private void Note(Chat chat)
    {
        lock (gate)
        {
            Give(chat.Id);
            if (chat.Place == Place.Done) return;
            Take(chat.Id, new Seat(chat.Place == Place.Waiting ? chat.Line.Queue : null, IsTaken: true));
        }
    }

    private void Take(ChatId chat, Seat seat)
    {
        seats[chat] = seat;
        if (seat.Waits is { } queue) waiting[queue] = waiting.GetValueOrDefault(queue) + 1;
    }

    private void Give(ChatId chat)
    {
        if (!seats.Remove(chat, out var seat) || seat.Waits is not { } queue) return;
        if (--waiting[queue] == 0) waiting.Remove(queue);
    }

    /// <summary>One chat's place.</summary>
    /// <param name="Waits">The queue in which it waits for an agent; null if it does not.</param>
    /// <param name="IsTaken">Whether the chat has begun.</param>
    private readonly record struct Seat(QueueName? Waits, bool IsTaken);
}
