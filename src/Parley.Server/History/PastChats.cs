using Parley.Chats;
using Parley.Log;
using Parley.Log.Events;
using Parley.Log.History;
using Parley.Server.Hosting;

namespace Parley.Server.History;

/// <summary>What can be found out about chats: lists from the history, each chat itself from the log.</summary>
internal sealed partial class PastChats(
    IEventLog log, IHistoryIndex index, HistoryProgress progress, HistoryOptions options, ILogger<PastChats> logger)
{
    private static readonly Rejection TooLong = new(
        Reason.Unavailable, "The search took too long; ask for a shorter span of time, or for something that is less common.");

    private static readonly Rejection Unavailable =
        new(Reason.Unavailable, "The history cannot be read at present; try again.");

    /// <summary>The chats that a query asks for, or why they cannot be had.</summary>
    public async Task<(HistoryFindings? Found, Rejection? Refused)> Find(HistoryQuery query, CancellationToken cancel = default)
    {
        try
        {
            var isComplete = await progress.CatchUp(cancel);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(options.SearchTimeout);
            return (new(await index.FindAsync(query, limit.Token), isComplete), null);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, TooLong);
        }
        catch (LogUnavailableException e)
        {
            CannotRead(e.Message);
            if (e.Trouble == LogTrouble.Damaged) await Empty();
            return (null, Unavailable);
        }
    }

    /// <summary>The chat and its particulars, as the log has them; null if there is none.</summary>
    /// <exception cref="LogUnavailableException">It cannot be known now.</exception>
    public async Task<PastChat?> Read(ChatId id, CancellationToken cancel = default)
    {
        var (chat, fold) = (Chat.None, new HistoryFold());
        foreach (var command in Hosting.Commands.Split(await log.ReadAsync(StreamKind.Chat.Prefix + id.Value, 0, cancel)))
        {
            var (events, stamp) = StreamKind.Chat.Read(command);
            chat = chat.Apply(events, stamp);
            fold.Apply(events, stamp, command[^1].Version);
        }
        return fold.Record is { } record ? new PastChat(record, chat) : null;
    }

    /// <summary>Whoever fills it finds it empty, and begins anew.</summary>
    private async Task Empty()
    {
        try
        {
            await index.ClearAsync(HistoryFold.Version);
        }
        catch (LogUnavailableException e)
        {
            CannotRead(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The history cannot be read: {Why}")]
    private partial void CannotRead(string why);
}

/// <summary>Chats that were found.</summary>
/// <param name="IsComplete">Everything was in the history that was stored before the question.</param>
internal sealed record HistoryFindings(HistoryPage Page, bool IsComplete);

/// <summary>A chat, over or not, and its particulars.</summary>
internal sealed record PastChat(HistoryRecord Record, Chat Chat);
