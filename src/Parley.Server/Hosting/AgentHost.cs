using Parley.Agents;
using Parley.Log;
using Parley.Server.Operation.Metrics;
using Parley.Server.Operation.Tracing;

namespace Parley.Server.Hosting;

/// <summary>Runs operations on agents' sessions, one at a time for each agent: decide, append, apply.</summary>
internal sealed class AgentHost(Folds<Agent, AgentEvent> agents, CommandLog log, Measures measures)
{
    private const int Attempts = 16;

    private static readonly Rejection Unavailable =
        new(Reason.Unavailable, "The server cannot store anything at present; try again.");

    /// <summary>The agent as it is; away when there is no session.</summary>
    public Agent Find(AgentId id) => agents.TryPeek(id.Value, out var agent) ? agent : Agent.Away;

    /// <summary>Runs an operation.</summary>
    /// <param name="id">The agent whose session it is.</param>
    /// <param name="operation">What is to happen to the session.</param>
    /// <param name="asked">Who asked for it: the agent, a supervisor, or by default the server itself.</param>
    /// <returns>Null once the outcome is durable, or the refusal with nothing changed.</returns>
    public async Task<Rejection?> Execute(AgentId id, AgentSessionOperation operation, Asked asked = default)
    {
        using var span = Traces.Command(operation.GetType());
        var refused = await Run(id, operation, asked);
        span.Outcome(refused);
        measures.Decided(operation.GetType(), refused);
        return refused;
    }

    private async Task<Rejection?> Run(AgentId id, AgentSessionOperation operation, Asked asked)
    {
        try
        {
            var fold = await agents.FindOrAdd(id.Value);
            await fold.Turn.WaitAsync();
            try
            {
                return await Execute(fold, operation, asked);
            }
            finally
            {
                fold.Turn.Release();
            }
        }
        catch (LogUnavailableException)
        {
            return Unavailable;
        }
    }

    private async Task<Rejection?> Execute(Fold<Agent, AgentEvent> fold, AgentSessionOperation operation, Asked asked)
    {
        var stamp = log.UnnumberedStampFor(asked);
        var commandId = CommandLog.IdOf(fold.Stream, asked);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var at = fold.Now;
            var decision = operation.Decide(at.State);
            if (decision.Refused is not null || decision.Events.IsEmpty) return decision.Refused;
            var draft = new Draft<Agent, AgentEvent>(agents, fold, at, decision.Events);
            if (await log.Store(commandId, [draft], stamp) != AppendOutcome.Stale) return null;
        }
        return Unavailable;
    }
}
