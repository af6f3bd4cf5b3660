using Parley.Chats;
using Parley.Queues;

namespace Parley.Server.Hosting;

/// <summary>Who waits in which line, oldest first, and how long those waited there who were accepted lately.</summary>
internal sealed class WaitingLines(TimeProvider time) : IHearsCommits
{
    private static readonly Comparer<Wait> OldestFirst = Comparer<Wait>.Create((a, b) =>
        a.ReceivedAt != b.ReceivedAt
            ? a.ReceivedAt.CompareTo(b.ReceivedAt)
            : string.CompareOrdinal(a.Chat.Value, b.Chat.Value));

    private readonly Lock gate = new();
    private readonly Dictionary<Line, SortedSet<Wait>> lines = [];
    private readonly Dictionary<Line, WaitHistory> histories = [];
    private readonly Dictionary<ChatId, Wait> waits = [];

    /// <summary>The lines in which anybody waits.</summary>
    public IReadOnlyList<Line> Occupied
    {
        get
        {
            lock (gate) return [.. lines.Keys];
        }
    }

    /// <summary>How many wait in a line; who is being offered to an agent does not.</summary>
    public int CountOf(Line line)
    {
        lock (gate) return lines.GetValueOrDefault(line)?.Count ?? 0;
    }

    /// <summary>Who waits in a line, oldest first.</summary>
    public IReadOnlyList<ChatId> In(Line line)
    {
        lock (gate) return lines.TryGetValue(line, out var chats) ? [.. chats.Select(c => c.Chat)] : [];
    }

    /// <summary>How long who comes now is likely to wait; null when too few were accepted lately to tell.</summary>
    public WaitEstimate? EstimateFor(Line line)
    {
        lock (gate) return histories.GetValueOrDefault(line)?.EstimateAt(time.GetUtcNow());
    }

    public void Recall(Chat chat) => Note(chat, chat.ReceivedAt);

    public void Hear(ChatCommit commit)
    {
        // talk changes nothing for who waits
        if (commit.Before.Place != commit.After.Place || commit.Before.Line != commit.After.Line)
            Note(commit.After, commit.Stamp.At);
    }

    private void Note(Chat chat, DateTimeOffset at)
    {
        lock (gate)
        {
            if (waits.TryGetValue(chat.Id, out var wait)) Leave(wait);
            if (chat.Place is Place.Waiting or Place.Offered)
            {
                // an offer that nobody takes is part of the same wait
                if (wait is null || wait.Line != chat.Line) wait = new Wait(chat.Id, chat.Line, chat.ReceivedAt, at);
                waits[chat.Id] = wait;
                if (chat.Place == Place.Waiting) Join(wait);
            }
            else if (waits.Remove(chat.Id) && chat.Place == Place.WithAgents)
            {
                if (!histories.TryGetValue(wait!.Line, out var history)) histories[wait.Line] = history = new WaitHistory();
                history.Add(at, at - wait.Began);
            }
        }
    }

    private void Join(Wait wait)
    {
        if (!lines.TryGetValue(wait.Line, out var line)) lines[wait.Line] = line = new(OldestFirst);
        line.Add(wait);
    }

    private void Leave(Wait wait)
    {
        if (!lines.TryGetValue(wait.Line, out var line)) return;
        line.Remove(wait);
        if (line.Count == 0) lines.Remove(wait.Line);
    }

    /// <summary>One chat's way from a line to an agent.</summary>
    /// <param name="ReceivedAt">What decides its place: a chat that comes back is as old as it is.</param>
    private sealed record Wait(ChatId Chat, Line Line, DateTimeOffset ReceivedAt, DateTimeOffset Began);
}
