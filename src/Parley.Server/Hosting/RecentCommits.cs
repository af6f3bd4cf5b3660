using Parley.Agents;
using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;

namespace Parley.Server.Hosting;

/// <summary>What was committed lately, read back from the log at a start.</summary>
/// <param name="After">Everything after this position is there, but for earlier sessions of agents, which nobody listens in any more.</param>
/// <param name="AgentsAfter">From here on the earlier sessions of agents are there, too.</param>
/// <param name="End">The end of the log when it was read.</param>
/// <param name="Chats">In order.</param>
/// <param name="Agents">In order.</param>
internal sealed record RecentCommits(
    long After, long AgentsAfter, long End, IReadOnlyList<ChatCommit> Chats, IReadOnlyList<AgentCommit> Agents)
{
    /// <summary>Reads so many events at the most, and none that are older than the window.</summary>
    public static async Task<RecentCommits> Read(
        IEventLog log, long end, int atMost, DateTimeOffset since, IReadOnlyDictionary<string, int> liveAgents,
        CancellationToken cancel)
    {
        var events = await Newest(log, end, atMost, since, cancel);
        var chats = new List<ChatCommit>();
        var agents = new List<AgentCommit>();
        var after = events.Count > 0 ? events[0].Position - 1 : end;
        var agentsAfter = after;
        foreach (var stream in events.GroupBy(e => e.Stream, StringComparer.Ordinal))
        {
            try
            {
                if (stream.Key.StartsWith(StreamKind.Chat.Prefix, StringComparison.Ordinal))
                    await foreach (var (position, c) in Commits(log, StreamKind.Chat, stream.Key, 0, after, end, cancel))
                        chats.Add(CommitOf(position, c));
                else if (liveAgents.TryGetValue(stream.Key, out var began))
                {
                    agentsAfter = Math.Max(agentsAfter, stream.LastOrDefault(e => e.Version < began)?.Position ?? 0);
                    await foreach (var (position, c) in Commits(log, StreamKind.Agent, stream.Key, began - 1, after, end, cancel))
                        agents.Add(CommitOf(position, c));
                }
                else if (stream.Key.StartsWith(StreamKind.Agent.Prefix, StringComparison.Ordinal))
                    agentsAfter = Math.Max(agentsAfter, stream.Last().Position);
            }
            catch (EventUnreadableException)
            {
                // of what cannot be read nobody can be told, and it must not look as if nothing had been
                after = Math.Max(after, stream.Last().Position);
            }
        }
        return new RecentCommits(
            after, Math.Max(after, agentsAfter), end, [.. chats.Where(c => c.Position > after).OrderBy(c => c.Position)],
            [.. agents.Where(a => a.Position > after).OrderBy(a => a.Position)]);
    }

    public static ChatCommit CommitOf(long position, Commit<Chat, ChatEvent> c) =>
        new(c.Before, c.Events, c.Stamp, c.After) { Position = position };

    public static AgentCommit CommitOf(long position, Commit<Agent, AgentEvent> c) =>
        new(new AgentId(c.Stream[StreamKind.Agent.Prefix.Length..]), c.Before, c.Events, c.Stamp, c.After) { Position = position };

    /// <summary>The last events up to the end, from the first whole command on that lies within the window.</summary>
    private static async Task<List<LogEvent>> Newest(
        IEventLog log, long end, int atMost, DateTimeOffset since, CancellationToken cancel)
    {
        var found = new List<LogEvent>();
        var from = Math.Max(0, end - atMost);
        if (end == 0) return found;
        await foreach (var batch in log.FollowAsync(PositionCursor.At(from), cancel))
        {
            found.AddRange(batch.Events.Where(e => e.Position <= end));
            if (PositionCursor.Parse(batch.Next) >= end) break;
        }
        // the log may have been entered in the middle of a command
        var first = from == 0 ? 0 : found.FindIndex(e => e.CommandId != found[0].CommandId);
        if (first < 0) return [];
        return [.. found.Skip(first).SkipWhile(e => StampOf(e) is not { } at || at < since)];
    }

    private static DateTimeOffset? StampOf(LogEvent e)
    {
        try
        {
            return TimeOf(e);
        }
        catch (EventUnreadableException)
        {
            return null;
        }
    }

    private static DateTimeOffset? TimeOf(LogEvent e) =>
        e.Stream.StartsWith(StreamKind.Chat.Prefix, StringComparison.Ordinal) ? StreamKind.Chat.Codec.Read(e).Stamp.At
        : e.Stream.StartsWith(StreamKind.Agent.Prefix, StringComparison.Ordinal) ? StreamKind.Agent.Codec.Read(e).Stamp.At
        : null;

    private static async IAsyncEnumerable<(long Position, Commit<TState, TEvent> Commit)> Commits<TState, TEvent>(
        IEventLog log, StreamKind<TState, TEvent> kind, string stream, int before, long after, long end,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        where TEvent : class
    {
        var fold = new Fold<TState, TEvent>(kind, stream);
        fold.StartAt(before);
        foreach (var command in Commands.Split(await log.ReadAsync(stream, before, cancel)))
        {
            var position = command[0].Position;
            if (position > end) yield break;
            if (fold.Tell(command[0].Version, () => kind.Read(command)) is { } commit && position > after)
                yield return (position, commit);
        }
    }
}
