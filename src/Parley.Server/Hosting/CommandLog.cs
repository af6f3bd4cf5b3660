using System.Collections.Concurrent;
using Parley.Log;
using Parley.Server.Rest;

namespace Parley.Server.Hosting;

/// <summary>The way of every command to the log, whichever it is: there is no other.</summary>
internal sealed partial class CommandLog(IEventLog log, TimeProvider time, ILogger<CommandLog> logger) : IHealth
{
    private volatile Rejection? problem;

    private readonly ConcurrentDictionary<AgentId, int> references = new();

    /// <summary>Says whether the last command could be stored.</summary>
    public Rejection? Problem() => problem;

    /// <summary>The stamp of a command that is about to be stored.</summary>
    public Stamp StampFor(Asked asked) => asked.Requester is { } agent
        ? new Stamp(time.GetUtcNow(), agent, references.AddOrUpdate(agent, 1, (_, last) => last + 1))
        : new Stamp(time.GetUtcNow());

    /// <summary>The agent's requests are counted from 1 again.</summary>
    public void RestartReferences(AgentId agent) => references.TryRemove(agent, out _);

    /// <summary>The id of a command: new, unless the caller has a key, which counts for this operation of this caller in this stream.</summary>
    public static string IdOf(string stream, string operation, Asked asked) =>
        asked.Key is null
            ? Guid.CreateVersion7().ToString("N")
            : $"{stream}/{operation}/{asked.Requester?.Value ?? "customer"}/{asked.Key}";

    /// <summary>Whether a command with the caller's own key is in the stream already.</summary>
    public async ValueTask<bool> Holds(string stream, string commandId, Asked asked) =>
        asked.Key is not null && (await log.FindAsync(stream, commandId)).Count > 0;

    /// <summary>Stores the parts of one command, all or none, and moves their states on.</summary>
    /// <returns>Stored; Stale when somebody was first, and the states are up to date again; or Repeated.</returns>
    /// <exception cref="LogUnavailableException">Nothing is acknowledged; the states are as the log has them.</exception>
    public async Task<AppendOutcome> Store(string commandId, IReadOnlyList<IDraft> drafts, Stamp stamp)
    {
        try
        {
            var outcome = await log.AppendAsync(new Append(commandId, [.. drafts.Select(d => d.Append(stamp))]));
            problem = null;
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
            problem = new Rejection(Reason.Unavailable, "The log cannot store anything.");
            CannotStore(e.Message);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The log cannot store anything: {Why}")]
    private partial void CannotStore(string why);
}
