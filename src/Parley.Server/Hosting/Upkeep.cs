using System.Threading.Channels;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Nodes;

namespace Parley.Server.Hosting;

/// <summary>
/// Does what must follow from a state and nobody asks for: an overdue offer is taken back, and no chat stays with an agent who
/// is not ready for it or is gone. Each duty is derived from stored state, so that a crash in between only delays it.
/// </summary>
internal sealed partial class Upkeep(
    Folds<Chat, ChatEvent> chats, ChatHost host, AgentHost agents, CommandLog log, Deadlines deadlines, Claim claim,
    TimeProvider time, RoutingOptions options, ILogger<Upkeep> logger)
    : BackgroundService, IHearsCommits
{
    private const int Workers = 8;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly Presence NoAnswer = Presence.NotReady with { DisplayName = "No Answer", Reason = "No answer" };

    // Each duty stands for one chat that an agent may not keep: their number is bounded by the live chats.
    private readonly Channel<Duty> duties = Channel.CreateUnbounded<Duty>();

    public void Recall(Chat chat)
    {
        foreach (var part in chat.Attached.Where(p => p.IsAskedForHelp)) log.Remember(part.InvitedBy, part.InviteReference);
        foreach (var part in chat.Agents.Values.Where(p => p.IsInvited)) Expect(chat.Id, part);
    }

    public void Recall(Agent agent) => Tidy(agent);

    public void Hear(ChatCommit commit)
    {
        log.RememberElsewhere(commit.Stamp);
        foreach (var invited in commit.Events.OfType<AgentInvited>())
        {
            if (commit.After.Part(invited.Agent) is { IsInvited: true } part) Expect(commit.After.Id, part);
        }
    }

    public void Hear(AgentCommit commit)
    {
        if (commit.Before.IsReadyForChats != commit.After.IsReadyForChats || commit.Before.InSession != commit.After.InSession)
            Tidy(commit.After);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Work(stoppingToken)));

    private void Expect(ChatId chat, AgentPart offered) =>
        deadlines.At(
            offered.OfferedUntil,
            () => Add(new Duty(chat, new RevokeOffer(offered.Agent, offered.OfferedUntil, RevokeReason.NoAnswer))));

    /// <summary>Takes from an agent what the agent may not have in this state.</summary>
    private void Tidy(Agent agent)
    {
        if (agent.IsReadyForChats) return;
        foreach (var id in agent.Chats)
        {
            if (!agent.InSession) Plan(new Duty(id, new DetachAgent(agent.Id)));
            else if (chats.TryPeek(id.Value, out var chat) && chat.Part(agent.Id) is { IsInvited: true } offered
                && !offered.Role.Supervises() // a supervisor asked for it, ready or not
                && offered.OfferedUntil > time.GetUtcNow()) // an overdue offer is a duty of its own
                Plan(new Duty(id, new RevokeOffer(agent.Id, offered.OfferedUntil, RevokeReason.NotReady)));
        }
    }

    /// <summary>Has it done now, or, where another node is about to, a while later.</summary>
    private void Plan(Duty duty)
    {
        if (claim.IsHeld) Add(duty);
        else deadlines.At(time.GetUtcNow() + claim.Patience, () => Add(duty));
    }

    private void Add(Duty duty) => duties.Writer.TryWrite(duty);

    private async Task Work(CancellationToken stopping)
    {
        await foreach (var duty in duties.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await Do(duty);
            }
#pragma warning disable CA1031 // a bug in one duty must not end all the others
            catch (Exception e)
#pragma warning restore CA1031
            {
                DutyFailed(duty.Chat, e);
            }
        }
    }

    private async Task Do(Duty duty)
    {
        // whoever is back at work keeps what has not been taken away yet
        if (duty.Operation is DetachAgent gone && agents.Find(gone.Agent).InSession) return;
        if (options.NotReadyOnInvitationTimeout && IsMissed(duty, out var agent))
            await agents.Execute(agent, new ChangePresence(MediaChannel.Chat, _ => NoAnswer));
        var outcome = await host.Execute(duty.Chat, duty.Operation, Asked.ByNobody);
        if (outcome.Refused is { Reason: Reason.Unavailable }) deadlines.At(time.GetUtcNow() + RetryAfter, () => Add(duty));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A duty towards chat {Chat} failed")]
    private partial void DutyFailed(ChatId chat, Exception e);

    /// <summary>Whether an offer is still pending whose time has run out.</summary>
    private bool IsMissed(Duty duty, out AgentId agent)
    {
        agent = default;
        if (duty.Operation is not RevokeOffer { Why: RevokeReason.NoAnswer } missed) return false;
        agent = missed.Agent;
        return chats.TryPeek(duty.Chat.Value, out var chat) && missed.Decide(chat).Refused is null
            && !chat.Part(agent)!.Role.Supervises(); // who asked to come in has not let anybody wait
    }

    private sealed record Duty(ChatId Chat, ChatOperation Operation);
}
