using System.Collections.Concurrent;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>The way of every command to the log, whichever it is: there is no other.</summary>
internal sealed partial class CommandLog(IEventLog log, TimeProvider time, ILogger<CommandLog> logger)
{
    private readonly ConcurrentDictionary<AgentId, int> references = new();

    /// <summary>The stamp of a command that is about to be stored.</summary>
    public Stamp StampFor(Asked asked) => asked.Requester is { } agent
        ? new Stamp(time.GetUtcNow(), agent, references.AddOrUpdate(agent, 1, (_, last) => last + 1))
        : new Stamp(time.GetUtcNow());

    /// <summary>The agent's requests are counted from 1 again.</summary>
    public void RestartReferences(AgentId agent) => references.TryRemove(agent, out _);

    /// <summary>Whether a command with the caller's own key is in the stream already.</summary>
    public async ValueTask<bool> Holds(string stream, Asked asked) =>
        asked.Key is not null && (await log.FindAsync(stream, CommandId(asked))).Count > 0;

    /// <summary>Stores the parts of one command, all or none, and moves their states on.</summary>
    /// <returns>Stored; Stale when somebody was first, and the states are up to date again; or Repeated.</returns>
    /// <exception cref="LogUnavailableException">Nothing is acknowledged; the states are as the log has them.</exception>
    public async Task<AppendOutcome> Store(IReadOnlyList<IDraft> drafts, Stamp stamp, Asked asked)
    {
        try
        {
            var outcome = await log.AppendAsync(new Append(CommandId(asked), [.. drafts.Select(d => d.Append(stamp))]));
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
            LogUnavailable(e.Message);
            throw;
        }
    }

    private static string CommandId(Asked asked) =>
        asked.Key is null ? Guid.CreateVersion7().ToString("N") : $"key/{asked.Requester?.Value ?? "customer"}/{asked.Key}";

    [LoggerMessage(Level = LogLevel.Error, Message = "The log cannot store anything: {Why}")]
    private partial void LogUnavailable(string why);
}
