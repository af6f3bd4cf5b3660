using Parley.Agents;
using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;
using Parley.Server.Nodes;
using Parley.Server.Notifications;
using Parley.Server.Operation.Health;
using Parley.Server.Operation.Tracing;

namespace Parley.Server.Hosting;

/// <summary>Follows the log's tail and tells everyone who hears commits; before that, loads what is live.</summary>
internal sealed partial class LogFollower(
    IEventLog log, Folds<Chat, ChatEvent> chats, Folds<Agent, AgentEvent> agents, IEnumerable<IHearsCommits> hearers,
    Freshness freshness, NotificationOptions replays, TailHealth health, CommandsUnderWay underWay, TimeProvider time,
    ILogger<LogFollower> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IHearsCommits[] hearers = [.. hearers];
    private Cursor next;

    /// <summary>Loads what is live, then recalls it to everyone, so that whoever is told can look at all the rest.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // other nodes go on meanwhile: whoever was at work at that moment was so before or is so afterwards
            var before = await log.LiveStreamsAsync(StreamKind.Agent.Prefix, cancellationToken);
            next = await log.NowAsync(cancellationToken);
            var after = await log.LiveStreamsAsync(StreamKind.Agent.Prefix, cancellationToken);
            var began = before.UnionBy(after, live => live.Stream).ToList();
            var position = PositionCursor.Parse(next);
            var liveAgents = await agents.Load(began, position, cancellationToken);
            var begun = await log.LiveStreamsAsync(StreamKind.Chat.Prefix, cancellationToken);
            var liveChats = await chats.Load(begun, position, cancellationToken);
            var recent = await Recent(began, cancellationToken);
            foreach (var hearer in hearers)
            {
                hearer.RecallRecent(recent);
                foreach (var agent in liveAgents) hearer.Recall(agent);
                foreach (var chat in liveChats) hearer.Recall(chat);
            }
            freshness.Told(next);
        }
        catch (Exception e) when (e is LogUnavailableException or EventUnreadableException)
        {
            throw new StartRefusedException([e.Message]);
        }
        await base.StartAsync(cancellationToken);
    }

    private Task<RecentCommits> Recent(IReadOnlyList<LiveStream> agents, CancellationToken cancel) => RecentCommits.Read(
        log, PositionCursor.Parse(next), replays.ReplayEvents, time.GetUtcNow() - replays.ReplayWindow,
        agents.ToDictionary(a => a.Stream, a => a.Began, StringComparer.Ordinal), cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (health.IsLost) await log.NowAsync(stoppingToken);
                health.Worked();
                await Follow(stoppingToken);
            }
            catch (LogUnavailableException e) when (!stoppingToken.IsCancellationRequested)
            {
                health.Failed();
                CannotFollow(e.Message);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // what is known here is of a log that there is no more, or of one that is misread: thrown on, it stops the server
                health.IsLostForGood = true;
                MustStartAnew(e.Message, e);
                throw;
            }
        }
    }

    private async Task Follow(CancellationToken stopping)
    {
        await foreach (var batch in log.FollowAsync(next, stopping))
        {
            foreach (var command in Commands.Split(batch.Events))
            {
                await Tell(command, stopping);
                underWay.Told(command[0].CommandId);
            }
            next = batch.Next;
            freshness.Told(next);
        }
    }

    /// <summary>
    /// Tells one command once all of its streams are up to date: who is told and reads at once finds what was told. A command
    /// that can never be read is passed over, so that the others are told.
    /// </summary>
    private async Task Tell(ArraySegment<LogEvent> command, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var commits = new List<Action<IHearsCommits>>();
                string? trace = null;
                foreach (var part in Commands.ByStream(command))
                {
                    if (await Commit(part) is not var (commit, stamp)) continue;
                    commits.Add(commit);
                    trace ??= stamp.Trace;
                }
                using (Traces.Tell(trace)) commits.ForEach(TellAll);
                health.Worked();
                return;
            }
            catch (EventUnreadableException e)
            {
                CannotTell(command[0].Stream, command[0].Version, e.Message);
                return;
            }
            catch (LogUnavailableException e)
            {
                health.Failed();
                CannotTell(command[0].Stream, command[0].Version, e.Message);
                await Task.Delay(RetryAfter, time, stopping);
            }
        }
    }

    /// <summary>What the command did to one stream, ready to be told.</summary>
    private async ValueTask<(Action<IHearsCommits> Tell, Stamp Stamp)?> Commit(ArraySegment<LogEvent> part)
    {
        var stream = part[0].Stream;
        if (chats.Owns(stream))
        {
            var commit = RecentCommits.CommitOf(part[0].Position, await chats.Tell(part));
            return (hearer => hearer.Hear(commit), commit.Stamp);
        }
        if (agents.Owns(stream))
        {
            var commit = RecentCommits.CommitOf(part[0].Position, await agents.Tell(part));
            return (hearer => hearer.Hear(commit), commit.Stamp);
        }
        return null;
    }

    private void TellAll(Action<IHearsCommits> tell)
    {
        foreach (var hearer in hearers)
        {
            try
            {
                tell(hearer);
            }
#pragma warning disable CA1031 // one hearer's bug must not leave the others untold
            catch (Exception e)
#pragma warning restore CA1031
            {
                HearerFailed(hearer.GetType().Name, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Hearer} failed on a commit")]
    private partial void HearerFailed(string hearer, Exception e);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The server stops, and must be started anew: {Why}")]
    private partial void MustStartAnew(string why, Exception e);

    [LoggerMessage(Level = LogLevel.Error, Message = "The log cannot be followed: {Why}")]
    private partial void CannotFollow(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody can be told of event {Version} of {Stream}: {Why}")]
    private partial void CannotTell(string stream, int version, string why);
}
