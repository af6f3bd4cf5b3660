using Parley.Agents;
using Parley.Chats;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>Follows the log's tail and tells everyone who hears commits; before that, loads what is live.</summary>
internal sealed partial class LogFollower(
    IEventLog log, Folds<Chat, ChatEvent> chats, Folds<Agent, AgentEvent> agents, IEnumerable<IHearsCommits> hearers,
    ILogger<LogFollower> logger) : BackgroundService
{
    private readonly IHearsCommits[] hearers = [.. hearers];
    private Cursor start;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        start = await log.NowAsync(cancellationToken);
        foreach (var live in await log.LiveStreamsAsync(StreamKind.Agent.Prefix, cancellationToken))
        {
            var agent = await agents.Load(live);
            foreach (var hearer in hearers) hearer.Recall(agent);
        }
        foreach (var live in await log.LiveStreamsAsync(StreamKind.Chat.Prefix, cancellationToken))
        {
            var chat = await chats.Load(live);
            foreach (var hearer in hearers) hearer.Recall(chat);
        }
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var batch in log.FollowAsync(start, stoppingToken))
        {
            foreach (var command in Commands.Split(batch.Events)) await Tell(command);
        }
    }

    private async Task Tell(ArraySegment<LogEvent> command)
    {
        var stream = command[0].Stream;
        try
        {
            if (chats.Owns(stream))
            {
                var c = await chats.Tell(command);
                TellAll(new ChatCommit(c.Before, c.Events, c.Stamp, c.After), (hearer, commit) => hearer.Hear(commit));
            }
            else if (agents.Owns(stream))
            {
                var c = await agents.Tell(command);
                var id = new AgentId(stream[StreamKind.Agent.Prefix.Length..]);
                TellAll(new AgentCommit(id, c.Before, c.Events, c.Stamp, c.After), (hearer, commit) => hearer.Hear(commit));
            }
        }
        catch (LogUnavailableException e)
        {
            CannotTell(stream, command[0].Version, e);
        }
    }

    private void TellAll<TCommit>(TCommit commit, Action<IHearsCommits, TCommit> tell)
    {
        foreach (var hearer in hearers)
        {
            try
            {
                tell(hearer, commit);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody could be told of event {Version} of {Stream}")]
    private partial void CannotTell(string stream, int version, Exception e);
}
