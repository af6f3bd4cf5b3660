using System.Collections.Immutable;
using Parley.Agents;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Log;
using Parley.Privacy;
using Parley.Server.Operation.Metrics;
using Parley.Server.Operation.Tracing;
using Parley.Server.Provisioning;

namespace Parley.Server.Hosting;

/// <summary>
/// Runs operations on chats, one at a time for each chat: decide, append, apply. Who is told follows from the log's tail.
/// </summary>
internal sealed class ChatHost(
    Folds<Chat, ChatEvent> chats, Folds<Agent, AgentEvent> agents, CommandLog log, Capacity capacity, Lines lines,
    ContactBook contacts, ContactCenter center, Measures measures)
{
    private const int Attempts = 16;
    private const int AttemptsToInform = 4;

    private static readonly Rejection Unavailable =
        new(Reason.Unavailable, "The server cannot store anything at present; try again.");

    private static readonly Rejection KeyTaken = new(
        Reason.InvalidInState, "The Idempotency-Key was used for another request; every request needs a key of its own.");

    /// <summary>Whether the chat can be looked at without reading the log.</summary>
    public bool IsAtHand(ChatId id) => chats.TryPeek(id.Value, out _);

    /// <summary>The chat as it is; null when there is none of this id.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async ValueTask<Chat?> Find(ChatId id) => await chats.Find(id.Value) is { } fold ? fold.State : null;

    /// <summary>Runs an operation on a chat; a request for a chat makes a new one.</summary>
    /// <returns>Once the outcome is durable, or refused with nothing changed.</returns>
    public async Task<Outcome> Execute(ChatId id, ChatOperation operation, Asked asked = default)
    {
        using var span = Traces.Command(operation.GetType(), id);
        var outcome = await Run(id, operation, asked);
        span.Outcome(outcome.Refused);
        measures.Decided(operation.GetType(), outcome.Refused);
        return outcome;
    }

    private async Task<Outcome> Run(ChatId id, ChatOperation operation, Asked asked)
    {
        try
        {
            var fold = operation is RequestChat ? await chats.FindOrAdd(id.Value) : await chats.Find(id.Value);
            if (fold is null) return new(new Rejection(Reason.NotFound, $"Chat {id} was not found."), Chat.None);
            await fold.Turn.WaitAsync();
            try
            {
                asked = asked with { Key = asked.Key?.Under(center.MaskingOf(fold.State.Service)) };
                var command = CommandLog.IdOf(fold.Stream, asked);
                return await log.UseOf(fold, command, asked) switch
                {
                    (KeyUse.ThisRequest, var reference) => new(null, fold.State, reference),
                    (KeyUse.AnotherRequest, _) => new(KeyTaken, fold.State),
                    _ => await Execute(command, fold, operation, asked),
                };
            }
            finally
            {
                fold.Turn.Release();
                chats.ForgetIfEmpty(fold);
            }
        }
        catch (LogUnavailableException)
        {
            return new(Unavailable, Chat.None);
        }
    }

    private async Task<Outcome> Execute(string command, Fold<Chat, ChatEvent> fold, ChatOperation operation, Asked asked)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var at = fold.Now;
            var informed = operation.Informed(at.State, lines.Workforce);
            var decision = informed.Decide(at.State);
            if (decision.Refused is not null || decision.Events.IsEmpty) return new(decision.Refused, at.State);
            var events = MaskedEvents.Of(
                decision.Events, center.MaskingOf(operation is RequestChat r ? r.Service : at.State.Service));

            var turns = new List<SemaphoreSlim>();
            try
            {
                var drafts = new List<IDraft> { new Draft<Chat, ChatEvent>(chats, fold, at, events) };
                Rejection? refused = null;
                foreach (var (agent, changes) in Attachments.Of(new ChatId(chats.IdOf(fold)), events, capacity.Of))
                {
                    refused ??= await Attach(at.State, agent, changes, turns, drafts);
                }
                // what was known of who is at work is no longer so: it is decided again on what is
                if (refused is not null && informed != operation && attempt < AttemptsToInform) continue;
                if (refused is not null) return new(refused, at.State);
                if (await contacts.Draft(at.State, events) is { } kept) drafts.Add(kept);
                var stamp = log.StampFor(asked);
                var stored = await log.Store(command, drafts, stamp);
                if (stored == AppendOutcome.Stored) return new(null, fold.State, stamp.ReferenceId);
                if (stored == AppendOutcome.Repeated) return await Again(command, fold, asked, stamp);
            }
            finally
            {
                foreach (var turn in turns) turn.Release();
            }
        }
        return new(Unavailable, fold.State);
    }

    /// <summary>
    /// The command was stored before: by this very request, whose connection to the log broke, or at another node.
    /// </summary>
    private async Task<Outcome> Again(string command, Fold<Chat, ChatEvent> fold, Asked asked, Stamp stamp)
    {
        if (asked.Key is null) return new(null, fold.State, stamp.ReferenceId);
        var (use, reference) = await log.UseOf(fold, command, asked);
        return use == KeyUse.AnotherRequest ? new(KeyTaken, fold.State) : new(null, fold.State, reference);
    }

    /// <summary>Decides the agent's side of a chat's events; the agent's turn is kept until the command is through.</summary>
    private async Task<Rejection?> Attach(
        Chat chat, AgentId agent, ImmutableArray<AgentSessionOperation> changes, List<SemaphoreSlim> turns, List<IDraft> drafts)
    {
        var fold = await agents.FindOrAdd(agent.Value);
        await fold.Turn.WaitAsync();
        turns.Add(fold.Turn);
        // what another node has stored may be known here of the chat and not yet of the agent: nothing would be released then
        if (!Attachments.Agree(chat, agent, fold.State)) await agents.Refresh(fold);
        var at = fold.Now;
        var state = at.State;
        var events = new List<AgentEvent>();
        foreach (var change in changes)
        {
            var decision = change.Decide(state);
            if (decision.Refused is not null) return decision.Refused;
            events.AddRange(decision.Events);
            state = state.Apply(decision.Events, default);
        }
        if (events.Count > 0) drafts.Add(new Draft<Agent, AgentEvent>(agents, fold, at, [.. events]));
        return null;
    }
}
