using Parley.Agents;
using Parley.Chats;
using Parley.Log;
using Parley.Server.Hosting;
using StoredCommands = Parley.Server.Hosting.Commands;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>The log read from its beginning in commit order, held after every command against what must always be so.</summary>
internal sealed class Chronicle(IEventLog log)
{
    private readonly Dictionary<string, Fold<Chat, ChatEvent>> chats = [];
    private readonly Dictionary<string, Fold<Agent, AgentEvent>> agents = [];
    private readonly List<ChatCommit> told = [];
    private Cursor next = Cursor.Beginning;
    private long position;

    public IReadOnlyCollection<Chat> Chats => [.. chats.Values.Select(f => f.State)];

    public IReadOnlyCollection<(AgentId Id, Agent Agent)> Agents => [.. agents.Values.Select(f => (IdOf(f.Stream), f.State))];

    /// <summary>What every command did to its chat, in order.</summary>
    public IReadOnlyList<ChatCommit> Told => told;

    /// <summary>Takes in what was stored before now.</summary>
    public async Task ReadOn()
    {
        var now = PositionCursor.Parse(await log.NowAsync());
        if (now == position) return;
        await foreach (var batch in log.FollowAsync(next))
        {
            foreach (var command in StoredCommands.Split(batch.Events)) Take(command);
            next = batch.Next;
            if (position >= now) return;
        }
    }

    private void Take(ArraySegment<LogEvent> command)
    {
        Assert.Equal(Enumerable.Range(1, command.Count).Select(i => position + i), command.Select(e => e.Position));
        position += command.Count;
        var changed = new List<ChatCommit>();
        foreach (var part in StoredCommands.ByStream(command))
        {
            if (part[0].Stream.StartsWith(StreamKind.Chat.Prefix, StringComparison.Ordinal))
                changed.Add(RecentCommits.CommitOf(part[0].Position, Take(chats, StreamKind.Chat, part)));
            else if (part[0].Stream.StartsWith(StreamKind.Agent.Prefix, StringComparison.Ordinal))
                Take(agents, StreamKind.Agent, part);
        }
        changed.ForEach(Check);
        foreach (var (id, agent) in Agents)
        {
            var wrong = Legality.AlwaysComplaint(id, agent, Chats);
            Assert.True(wrong is null, $"agent {id} after {position}: {wrong}");
        }
    }

    private static Commit<TState, TEvent> Take<TState, TEvent>(
        Dictionary<string, Fold<TState, TEvent>> folds, StreamKind<TState, TEvent> kind, ArraySegment<LogEvent> part)
        where TEvent : class
    {
        var stream = part[0].Stream;
        if (!folds.TryGetValue(stream, out var fold)) folds[stream] = fold = new Fold<TState, TEvent>(kind, stream);
        var commit = fold.Tell(part[0].Version, () => kind.Read(part));
        Assert.True(commit is not null, $"{stream} has a hole before version {part[0].Version}");
        return commit;
    }

    private void Check(ChatCommit commit)
    {
        var (before, after) = (commit.Before, commit.After);
        var wrong = Legality.Complaint(after);
        Assert.True(wrong is null, $"chat {after.Id} after {position}: {wrong}");
        var entries = after.Transcript.From(1).ToArray();
        Assert.Equal(Enumerable.Range(1, entries.Length), entries.Select(e => e.Index));
        Assert.Equal(before.Transcript.From(1), entries.Take(before.Transcript.Count));
        foreach (var invited in commit.Events.OfType<AgentInvited>())
        {
            Assert.True(
                before.Part(invited.Agent) is null or { IsOver: true }, $"{after.Id} is offered twice to {invited.Agent}");
            var agent = agents[StreamKind.Agent.Prefix + invited.Agent.Value].State;
            var tooMany = invited.As.Serves() ? Legality.TooMany(invited.Agent, agent) : null;
            Assert.True(tooMany is null, $"{after.Id} is offered to {invited.Agent}, who {tooMany}");
            Assert.True(
                agent.IsReadyForChats || invited.As.Supervises(), $"{after.Id} is offered to {invited.Agent}, who is not ready");
        }
        told.Add(commit);
    }

    private static AgentId IdOf(string stream) => new(stream[StreamKind.Agent.Prefix.Length..]);
}
