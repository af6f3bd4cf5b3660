using Parley.Agents;
using Parley.Chats;
using Parley.Server.Hosting;

namespace Parley.Server.Notifications;

/// <summary>What was committed within the resume window, for those who come back and say what they heard last.</summary>
internal sealed class RecentNews(NotificationOptions options, TimeProvider time)
{
    // in the order of their positions; those before the first one were given up
    private readonly List<Recent> commits = [];
    private int first;

    /// <summary>Held while somebody is told, so that who comes back misses nothing and hears nothing twice.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Everything after this position is kept.</summary>
    public long KeptAfter { get; private set; }

    /// <summary>Everything about agents, those included whose session has ended, is kept from this position on.</summary>
    public long AgentsAfter { get; private set; }

    /// <summary>The position of the newest commit that agents were told of.</summary>
    public long End { get; private set; }

    public void Recall(RecentCommits recent)
    {
        (KeptAfter, AgentsAfter) = (recent.After, recent.AgentsAfter);
        var all = recent.Chats.Select(c => new Recent(c.Position, c.Stamp.At, c, null))
            .Concat(recent.Agents.Select(a => new Recent(a.Position, a.Stamp.At, null, a)));
        foreach (var one in all.OrderBy(c => c.Position)) Add(one);
        End = recent.End;
    }

    public void Add(ChatCommit commit) => Add(new Recent(commit.Position, commit.Stamp.At, commit, null));

    public void Add(AgentCommit commit) => Add(new Recent(commit.Position, commit.Stamp.At, null, commit));

    /// <summary>What was committed after a position, in order.</summary>
    public IEnumerable<Recent> After(long position)
    {
        var (from, end) = (first, commits.Count);
        while (from < end)
        {
            var middle = from + ((end - from) / 2);
            if (commits[middle].Position <= position) from = middle + 1;
            else end = middle;
        }
        for (; from < commits.Count; from++) yield return commits[from];
    }

    private void Add(Recent commit)
    {
        commits.Add(commit);
        End = Math.Max(End, commit.Position);
        var oldest = time.GetUtcNow() - options.ReplayWindow;
        while (first < commits.Count && (commits.Count - first > options.ReplayEvents || commits[first].At < oldest))
        {
            KeptAfter = commits[first].Position;
            commits[first++] = default;
        }
        if (first < Math.Max(16, commits.Count / 2)) return;
        commits.RemoveRange(0, first);
        first = 0;
    }

    /// <summary>One commit, of a chat or of an agent.</summary>
    internal readonly record struct Recent(long Position, DateTimeOffset At, ChatCommit? Chat, AgentCommit? Agent);
}
