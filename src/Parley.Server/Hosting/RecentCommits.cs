using System.Runtime.CompilerServices;
using Parley.Agents;
using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;

namespace Parley.Server.Hosting;

/// <summary>What was committed lately, read back from the log at a start.</summary>
/// <param name="After">
/// Everything after this position is there, but for earlier sessions of agents, which nobody listens in any more.
/// </param>
/// <param name="AgentsAfter">From here on the earlier sessions of agents are there, too.</param>
/// <param name="End">The end of the log when it was read.</param>
/// <param name="Chats">In order.</param>
/// <param name="Agents">In order.</param>
internal sealed record RecentCommits(
    long After, long AgentsAfter, long End, IReadOnlyList<ChatCommit> Chats, IReadOnlyList<AgentCommit> Agents)
{
    /// <summary>How many streams are read at the same time.</summary>
    private const int AtOnce = 8;

    /// <summary>Reads so many events at the most, and none that are older than the window.</summary>
    /// <param name="liveAgents">The streams of agents who are at work, and where the present session of each began.</param>
    public static async Task<RecentCommits> Read(
        IEventLog log, long end, int atMost, DateTimeOffset since, IReadOnlyDictionary<string, int> liveAgents,
        CancellationToken cancel)
    {
        var events = await Newest(log, end, atMost, since, cancel);
        var start = events.Count > 0 ? events[0].Position - 1 : end;
        IGrouping<string, LogEvent>[] streams = [.. events.GroupBy(e => e.Stream, StringComparer.Ordinal)];
        var parts = new Part[streams.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, streams.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, stop) => parts[i] = await PartOf(log, streams[i], start, end, liveAgents, stop));
        // of what cannot be read nobody can be told, and it must not look as if nothing had been
        var after = parts.Select(p => p.UnreadableUpTo).Append(start).Max();
        return new RecentCommits(
            after, parts.Select(p => p.ForgottenUpTo).Append(after).Max(), end,
            [.. parts.SelectMany(p => p.Chats).Where(c => c.Position > after).OrderBy(c => c.Position)],
            [.. parts.SelectMany(p => p.Agents).Where(a => a.Position > after).OrderBy(a => a.Position)]);
    }

    public static ChatCommit CommitOf(long position, Commit<Chat, ChatEvent> c) =>
        new(c.Before, c.Events, c.Stamp, c.After) { Position = position };

    public static AgentCommit CommitOf(long position, Commit<Agent, AgentEvent> c) =>
        new(new AgentId(c.Stream[StreamKind.Agent.Prefix.Length..]), c.Before, c.Events, c.Stamp, c.After)
        {
            Position = position,
        };

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

    /// <summary>What was done lately in one stream, of which these are the newest events.</summary>
    private static async Task<Part> PartOf(
        IEventLog log, IGrouping<string, LogEvent> stream, long after, long end, IReadOnlyDictionary<string, int> liveAgents,
        CancellationToken cancel)
    {
        var part = new Part();
        try
        {
            if (stream.Key.StartsWith(StreamKind.Chat.Prefix, StringComparison.Ordinal))
            {
                await foreach (var (position, commit) in Commits(log, StreamKind.Chat, stream.Key, 0, after, end, cancel))
                    part.Chats.Add(CommitOf(position, commit));
            }
            else if (liveAgents.TryGetValue(stream.Key, out var began))
            {
                part.ForgottenUpTo = stream.LastOrDefault(e => e.Version < began)?.Position ?? 0;
                var session = Commits(log, StreamKind.Agent, stream.Key, began - 1, after, end, cancel);
                await foreach (var (position, commit) in session)
                    part.Agents.Add(CommitOf(position, commit));
            }
            else if (stream.Key.StartsWith(StreamKind.Agent.Prefix, StringComparison.Ordinal))
            {
                part.ForgottenUpTo = stream.Last().Position;
            }
        }
        catch (EventUnreadableException)
        {
            part.UnreadableUpTo = stream.Last().Position;
        }
        return part;
    }

    private static async IAsyncEnumerable<(long Position, Commit<TState, TEvent> Commit)> Commits<TState, TEvent>(
        IEventLog log, StreamKind<TState, TEvent> kind, string stream, int before, long after, long end,
        [EnumeratorCancellation] CancellationToken cancel)
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

    /// <summary>The same of one stream.</summary>
    private sealed class Part
    {
        public List<ChatCommit> Chats { get; } = [];

        public List<AgentCommit> Agents { get; } = [];

        /// <summary>Up to where something cannot be read; 0 if nothing.</summary>
        public long UnreadableUpTo { get; set; }

        /// <summary>Up to where an earlier session of an agent was not read; 0 if none.</summary>
        public long ForgottenUpTo { get; set; }
    }
}
