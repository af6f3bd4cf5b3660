using System.Collections.Concurrent;
using Parley.Log;
using Parley.Server.Operation.Health;
using Parley.Server.Operation.Tracing;

namespace Parley.Server.Hosting;

/// <summary>The way of every command to the log, whichever it is: there is no other.</summary>
internal sealed class CommandLog(IEventLog log, TimeProvider time, CommandsUnderWay underWay, StoreHealth health)
{
    private readonly ConcurrentDictionary<AgentId, int> references = new();

    /// <summary>The number of an agent's next request that is answered, or has its effects told, over notifications.</summary>
    public int NextReference(AgentId agent) => references.AddOrUpdate(agent, 1, (_, last) => last + 1);

    /// <summary>The stamp of a command that is about to be stored.</summary>
    public Stamp StampFor(Asked asked) => asked.Requester is { } agent
        ? new Stamp(time.GetUtcNow(), agent, NextReference(agent), asked.Key?.Fingerprint, Traces.Here)
        : new Stamp(time.GetUtcNow(), Fingerprint: asked.Key?.Fingerprint, Trace: Traces.Here);

    /// <summary>The same for a command on an agent's session: no notification of it carries a number, so none is given.</summary>
    public Stamp UnnumberedStampFor(Asked asked) =>
        new(time.GetUtcNow(), asked.Requester, Fingerprint: asked.Key?.Fingerprint, Trace: Traces.Here);

    /// <summary>A number of an earlier run that a notification may still carry: later requests get higher ones.</summary>
    public void Remember(AgentId? agent, int? reference)
    {
        if (agent is { } asker && reference is { } number)
            references.AddOrUpdate(asker, number, (_, last) => Math.Max(last, number));
    }

    /// <summary>A number that perhaps another node gave: later requests get higher ones here, too.</summary>
    public void RememberElsewhere(Stamp stamp)
    {
        if (log.IsShared) Remember(stamp.Requester, stamp.ReferenceId);
    }

    /// <summary>The agent's requests are counted from 1 again.</summary>
    public void RestartReferences(AgentId agent) => references.TryRemove(agent, out _);

    /// <summary>The id of a command: new, unless the caller has a key, which counts for this caller in this stream.</summary>
    public static string IdOf(string stream, Asked asked) =>
        asked.Key is null
            ? Guid.CreateVersion7().ToString("N")
            : $"{stream}/{asked.Requester?.Value ?? "customer"}/{asked.Key.Text}";

    /// <summary>What the caller's key was used for before, and the number of the request it was used for.</summary>
    public async ValueTask<(KeyUse Use, int? ReferenceId)> UseOf<TState, TEvent>(
        Fold<TState, TEvent> fold, string commandId, Asked asked)
        where TEvent : class
    {
        if (asked.Key is null || await log.FindAsync(fold.Stream, commandId) is not [var first, ..]) return (KeyUse.None, null);
        var stamp = fold.Kind.Codec.Read(first).Stamp;
        return stamp.Fingerprint == asked.Key.Fingerprint
            ? (KeyUse.ThisRequest, stamp.ReferenceId)
            : (KeyUse.AnotherRequest, null);
    }

    /// <summary>Stores the parts of one command, all or none, and moves their states on.</summary>
    /// <returns>Stored; Stale when somebody was first, and the states are up to date again; or Repeated.</returns>
    /// <exception cref="LogUnavailableException">Nothing is acknowledged; the states are as the log has them.</exception>
    public async Task<AppendOutcome> Store(string commandId, IReadOnlyList<IDraft> drafts, Stamp stamp)
    {
        using var span = Traces.Append();
        try
        {
            var append = new Append(commandId, [.. drafts.Select(d => d.Append(stamp))]);
            var outcome = await underWay.Give(commandId, () => log.AppendAsync(append));
            health.Worked();
            span.Outcome(outcome);
            if (outcome == AppendOutcome.Stored)
            {
                foreach (var draft in drafts) draft.Stored(stamp);
            }
            else
            {
                foreach (var draft in drafts) await draft.Refresh();
            }
            return outcome;
        }
        catch (LogUnavailableException e)
        {
            health.Failed(e);
            throw;
        }
    }
}

/// <summary>What an idempotency key was used for before.</summary>
internal enum KeyUse
{
    None,
    ThisRequest,
    AnotherRequest,
}
