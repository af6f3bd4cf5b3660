using Parley.Log;

namespace Parley.Server.Tests.Hosting.Races;

/// <summary>A log in memory that several nodes share, whose appends the test holds back and lets through when it wants.</summary>
internal sealed class HeldLog : IEventLog
{
    public bool IsShared => false;

    private readonly InMemoryEventLog log = new();
    private readonly Queue<TaskCompletionSource> held = new();

    /// <summary>Whether appends are held back from now on.</summary>
    public bool IsHolding { get; set; }

    /// <summary>How many are held back.</summary>
    public int HeldCount => held.Count;

    /// <summary>Takes out the one that is held longest; completing it lets the append through.</summary>
    public TaskCompletionSource TakeHeld() => held.Dequeue();

    public async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default)
    {
        if (IsHolding)
        {
            var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            held.Enqueue(gate);
            await gate.Task;
        }
        return await log.AppendAsync(append, cancel);
    }

    public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default) =>
        log.ReadAsync(stream, after, cancel);

    public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
        log.FindAsync(stream, commandId, cancel);

    public Task<int> VersionAsync(string stream, CancellationToken cancel = default) => log.VersionAsync(stream, cancel);

    public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
        log.LiveStreamsAsync(prefix, cancel);

    public Task<Cursor> NowAsync(CancellationToken cancel = default) => log.NowAsync(cancel);

    public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
        log.FollowAsync(from, cancel);

    public ValueTask DisposeAsync() => log.DisposeAsync();
}
