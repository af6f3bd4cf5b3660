using System.Threading.Channels;

namespace Parley.Log.Tests;

/// <summary>Somebody who follows a log and hands over its batches one by one.</summary>
internal sealed class Follower : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<LogBatch> heard = Channel.CreateUnbounded<LogBatch>();
    private readonly Task following;

    public Follower(IEventLog log, Cursor from) => following = FollowAsync(log, from);

    /// <summary>The next batches until they hold that many events.</summary>
    public async Task<List<LogBatch>> BatchesAsync(int events)
    {
        using var patience = new CancellationTokenSource(Patience);
        var batches = new List<LogBatch>();
        while (batches.Sum(b => b.Events.Count) < events) batches.Add(await heard.Reader.ReadAsync(patience.Token));
        return batches;
    }

    public async Task<List<LogEvent>> EventsAsync(int count) => [.. (await BatchesAsync(count)).SelectMany(b => b.Events)];

    /// <summary>What it has heard beside that.</summary>
    public IReadOnlyList<LogEvent> Untaken
    {
        get
        {
            var untaken = new List<LogEvent>();
            while (heard.Reader.TryRead(out var batch)) untaken.AddRange(batch.Events);
            return untaken;
        }
    }

    /// <summary>Ends the following and tells how it ended.</summary>
    public async Task<Exception?> EndAsync()
    {
        await stop.CancelAsync();
        return await Record.ExceptionAsync(() => following.WaitAsync(Patience));
    }

    /// <summary>How the following ends when the log ends it.</summary>
    public Task<Exception?> EndedAsync() => Record.ExceptionAsync(() => following.WaitAsync(Patience)).AsTask();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        stop.Dispose();
    }

    private async Task FollowAsync(IEventLog log, Cursor from)
    {
        await foreach (var batch in log.FollowAsync(from, stop.Token)) heard.Writer.TryWrite(batch);
    }
}
