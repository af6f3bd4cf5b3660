using System.Collections.Concurrent;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Queues;
using Parley.Server.Nodes;

namespace Parley.Server.Hosting;

/// <summary>Offers waiting chats to agents whenever a chat, an agent or the clock gives reason to look again.</summary>
internal sealed partial class Router(
    Folds<Chat, ChatEvent> chats, Folds<Agent, AgentEvent> agents, ChatHost host, Capacity capacity, Lines lines,
    Deadlines deadlines, Claim claim, TimeProvider time, RoutingOptions options, ILogger<Router> logger)
    : BackgroundService, IHearsCommits
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ChatId, DateTimeOffset> waiting = new();
    private readonly SemaphoreSlim reason = new(1, int.MaxValue);

    public void Recall(Chat chat)
    {
        Note(chat);
        if (chat.Place == Place.Waiting && lines.Serving(chat.Line) is null) QueueGone(chat.Id, chat.Line.Queue);
        foreach (var declined in chat.Agents.Values.Select(p => p.DeclinedAt).OfType<DateTimeOffset>())
            LookAgain(declined + options.PauseAfterDecline);
    }

    public void Hear(ChatCommit commit)
    {
        // what is said meanwhile changes nothing for a chat that waits
        var (before, after) = (commit.Before, commit.After);
        if (before.Place != Place.Waiting || after.Place != Place.Waiting || before.Line != after.Line) Note(after);
        if (commit.Events.Any(e => e is AgentRejected or AgentRevoked))
            LookAgain(commit.Stamp.At + options.PauseAfterDecline);
    }

    public void Hear(AgentCommit commit)
    {
        if (commit.After.IsReadyForChats) reason.Release();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        claim.Gained += () => reason.Release();
        while (!stoppingToken.IsCancellationRequested)
        {
            await reason.WaitAsync(stoppingToken);
            while (reason.Wait(0, CancellationToken.None))
            {
                // every reason up to now is served by the same look
            }
            if (claim.IsHeld) await Look();
        }
    }

    private async Task Look()
    {
        try
        {
            var outcomes = await Task.WhenAll(Pair().Select(Offer));
            if (outcomes.Any(o => o.Refused is { Reason: Reason.Unavailable }))
                LookAgain(time.GetUtcNow() + RetryAfter);
            // refused because something had just changed: what it is now may suit somebody else
            else if (outcomes.Any(o => o.Refused is not null))
                reason.Release();
        }
#pragma warning disable CA1031 // a bug in one look must not end all routing
        catch (Exception e)
#pragma warning restore CA1031
        {
            LookFailed(e);
            LookAgain(time.GetUtcNow() + RetryAfter);
        }
    }

    private void Note(Chat chat)
    {
        if (chat.Place != Place.Waiting)
        {
            waiting.TryRemove(chat.Id, out _);
            return;
        }
        waiting[chat.Id] = chat.ReceivedAt;
        reason.Release();
    }

    private void LookAgain(DateTimeOffset when) => deadlines.At(when, () => reason.Release());

    private List<Pairing> Pair()
    {
        var candidates = agents.States.Where(a => a.IsReadyForChats).Select(a => new Candidate(a, capacity.Of(a.Id)))
            .Where(c => c.Agent.Load < c.Capacity).ToList();
        if (candidates.Count == 0) return [];
        // a copy first: sorting the dictionary itself fails when a chat arrives meanwhile
        var oldestFirst = waiting.ToArray()
            .OrderBy(w => w.Value).ThenBy(w => w.Key.Value, StringComparer.Ordinal)
            .Select(w => chats.TryPeek(w.Key.Value, out var chat) ? chat : null)
            .Where(chat => chat is { Place: Place.Waiting })
            .Select(chat => chat!);
        return [.. Routing.Pair(oldestFirst, candidates, lines.Serving, time.GetUtcNow(), options.PauseAfterDecline)];
    }

    private Task<Outcome> Offer(Pairing pairing) => host.Execute(
        pairing.Chat.Id,
        new Offer(pairing.Agent, pairing.Chat.Line, time.GetUtcNow() + options.OfferTimeout),
        Asked.ByNobody);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Chat {Chat} waits in queue {Queue}, which the contact centre no longer has")]
    private partial void QueueGone(ChatId chat, QueueName queue);

    [LoggerMessage(Level = LogLevel.Error, Message = "Waiting chats could not be offered")]
    private partial void LookFailed(Exception e);
}
