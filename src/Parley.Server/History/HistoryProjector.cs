using Parley.Log;
using Parley.Log.History;
using Parley.Server.Nodes;

namespace Parley.Server.History;

/// <summary>
/// Follows the log and keeps the history up with it, from where it stands: after a start in the background, at whichever node has
/// the work. Nobody who stores anything waits for it.
/// </summary>
internal sealed partial class HistoryProjector(
    IEventLog log, IHistoryIndex index, HistoryFolds folds, HistoryProgress progress, HistoryHealth health, Claim claim,
    NodeOptions nodes, HistoryOptions options, TimeProvider time, ILogger<HistoryProjector> logger) : BackgroundService
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // what lies behind is read while the server takes requests already
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (!claim.IsHeld) await Task.Delay(nodes.Claim / 3, stoppingToken);
                await Project(stoppingToken);
            }
#pragma warning disable CA1031 // whatever it is, chats go on and it is tried again
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                var isNew = health.Failed();
                if (e is not LogUnavailableException) Failed(e);
                else if (isNew) CannotProject(e.Message);
                await Task.Delay(RetryAfter, time, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>Goes on until somebody else has the work, or the history turns out to stand elsewhere.</summary>
    private async Task Project(CancellationToken cancel)
    {
        folds.Clear();
        var place = await Repairing(() => Resume(cancel));
        Report(place);
        await using var batches = log.FollowAsync(PositionCursor.At(place.Position), cancel).GetAsyncEnumerator(cancel);
        var next = batches.MoveNextAsync().AsTask();
        while (await next && claim.IsHeld)
        {
            // one transaction for what comes now and what comes soon costs a fraction of one for each
            await progress.Gather(cancel);
            // all that is there already is one stretch
            var stretch = new List<LogEvent>();
            do
            {
                stretch.AddRange(batches.Current.Events);
                next = batches.MoveNextAsync().AsTask();
            }
            while (stretch.Count < options.BatchEvents && next.IsCompletedSuccessfully && await next);
            var to = new HistoryPlace(HistoryFold.Version, stretch[^1].Position, stretch[^1].CommandId);
            var from = place;
            var changes = await folds.Take(stretch, cancel);
            if (!await Repairing(() => index.ApplyAsync(from, to, changes, cancel))) return;
            Report(place = to);
        }
    }

    /// <summary>Where to go on; a history of another log, or of an earlier version, is built anew.</summary>
    private async Task<HistoryPlace> Resume(CancellationToken cancel)
    {
        var place = await index.PlaceAsync(cancel);
        if (place.Version > HistoryFold.Version)
            throw new LogUnavailableException("A newer version of Parley fills the history; this one leaves it alone.");
        if (place.Version == HistoryFold.Version && await IsOfThisLog(place, cancel)) return place;
        await index.ClearAsync(HistoryFold.Version, cancel);
        BuiltAnew();
        return HistoryPlace.Beginning(HistoryFold.Version);
    }

    private async Task<bool> IsOfThisLog(HistoryPlace place, CancellationToken cancel)
    {
        if (place.Position == 0) return true;
        if (PositionCursor.Parse(await log.NowAsync(cancel)) < place.Position) return false;
        await foreach (var batch in log.FollowAsync(PositionCursor.At(place.Position - 1), cancel))
            return batch.Events[0].Position == place.Position && batch.Events[0].CommandId == place.CommandId;
        return false;
    }

    /// <summary>Uses the index; one that is damaged is emptied, and the next try fills it again.</summary>
    private async Task<T> Repairing<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (LogUnavailableException e) when (e.Trouble == LogTrouble.Damaged)
        {
            await index.ClearAsync(HistoryFold.Version, CancellationToken.None);
            throw;
        }
    }

    private void Report(HistoryPlace place)
    {
        health.Worked();
        progress.Reached(place.Position);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The history is built anew from the log")]
    private partial void BuiltAnew();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing gets into the history: {Why}")]
    private partial void CannotProject(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nothing gets into the history")]
    private partial void Failed(Exception e);
}
