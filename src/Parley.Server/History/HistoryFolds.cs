using Parley.Log;
using Parley.Log.Events;
using Parley.Log.History;
using Parley.Server.Hosting;

namespace Parley.Server.History;

/// <summary>
/// The open chats as the history knows them: those that had something to say lately. One that is not held is read again when it
/// goes on. Used by one caller at a time.
/// </summary>
internal sealed partial class HistoryFolds(IEventLog log, HistoryOptions options, ILogger<HistoryFolds> logger)
{
    private readonly Dictionary<string, HistoryFold> held = new(StringComparer.Ordinal);

    /// <summary>Forgets everything.</summary>
    public void Clear() => held.Clear();

    /// <summary>What a stretch of the log did to chats.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now: begin anew with nothing held.</exception>
    public async Task<IReadOnlyList<HistoryChange>> Take(IReadOnlyList<LogEvent> stretch, CancellationToken cancel)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in Hosting.Commands.Split(stretch).SelectMany(Hosting.Commands.ByStream))
        {
            var stream = part[0].Stream;
            if (stream.StartsWith(StreamKind.Chat.Prefix, StringComparison.Ordinal) && await Apply(stream, part, cancel))
                touched.Add(stream);
        }
        var changes = touched.Select(stream => held.GetValueOrDefault(stream)?.TakeChange()).OfType<HistoryChange>().ToList();
        Release(touched);
        return changes;
    }

    private async Task<bool> Apply(string stream, ArraySegment<LogEvent> command, CancellationToken cancel)
    {
        try
        {
            if (!held.TryGetValue(stream, out var fold)) held[stream] = fold = await Read(stream, command[0].Version, cancel);
            Apply(fold, command);
            return true;
        }
        catch (EventUnreadableException e)
        {
            // this chat is in the history as it was until here, and the others go on
            held.Remove(stream);
            Unreadable(stream, command[0].Version, e.Message);
            return false;
        }
    }

    /// <summary>The chat before an event, all of which the history knows already.</summary>
    private async Task<HistoryFold> Read(string stream, int before, CancellationToken cancel)
    {
        var fold = new HistoryFold();
        if (before == 1) return fold;
        foreach (var command in Hosting.Commands.Split(await log.ReadAsync(stream, 0, cancel)))
        {
            if (command[0].Version >= before) break;
            Apply(fold, command);
        }
        fold.TakeChange();
        return fold;
    }

    private static void Apply(HistoryFold fold, ArraySegment<LogEvent> command)
    {
        var (events, stamp) = StreamKind.Chat.Read(command);
        fold.Apply(events, stamp, command[^1].Version);
    }

    /// <summary>Lets go of what is over and, at the bound, of whatever had nothing to say just now.</summary>
    private void Release(HashSet<string> touched)
    {
        foreach (var stream in touched.Where(stream => held.GetValueOrDefault(stream) is { IsOver: true }).ToList())
            held.Remove(stream);
        if (held.Count <= options.MaxHeldChats) return;
        var quiet = held.Keys.Where(stream => !touched.Contains(stream)).Take(held.Count - (options.MaxHeldChats / 2)).ToList();
        foreach (var stream in quiet) held.Remove(stream);
        if (held.Count > options.MaxHeldChats) held.Clear();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Version} of {Stream} does not get into the history: {Why}")]
    private partial void Unreadable(string stream, int version, string why);
}
