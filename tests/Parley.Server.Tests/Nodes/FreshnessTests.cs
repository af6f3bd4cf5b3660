using Parley.Log;
using Parley.Server.Nodes;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Nodes;

public sealed class FreshnessTests
{
    private readonly SharedLog log = new();
    private readonly NodeOptions options = new();

    [Fact]
    public async Task Who_asks_waits_for_what_was_stored_before_and_for_nothing_that_comes_after()
    {
        var freshness = new Freshness(log, options);
        log.End = 2;
        var first = freshness.CatchUp().AsTask();
        log.End = 3;
        var second = freshness.CatchUp().AsTask();
        Assert.Equal(2, freshness.Waiting);

        freshness.Told(PositionCursor.At(1));
        Assert.False(first.IsCompleted);
        freshness.Told(PositionCursor.At(2));
        await first;
        Assert.False(second.IsCompleted);
        freshness.Told(PositionCursor.At(5));
        await second;
        await freshness.CatchUp();
        Assert.Equal(0, freshness.Waiting);
    }

    [Fact]
    public async Task Who_has_gone_is_not_kept()
    {
        var freshness = new Freshness(log, options);
        log.End = 2;
        using var gone = new CancellationTokenSource();
        Task[] waiting = [.. Enumerable.Range(0, 100).Select(_ => freshness.CatchUp(gone.Token).AsTask())];
        var patient = freshness.CatchUp().AsTask();
        Assert.Equal(101, freshness.Waiting);

        await gone.CancelAsync();

        foreach (var one in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.Equal(1, freshness.Waiting);
        freshness.Told(PositionCursor.At(2));
        await patient;
    }

    [Fact]
    public async Task Who_has_waited_too_long_is_refused_and_not_kept()
    {
        options.MaxCatchUpMs = 1;
        var freshness = new Freshness(log, options);
        log.End = 2;

        await Assert.ThrowsAsync<LogUnavailableException>(() => freshness.CatchUp().AsTask());

        Assert.Equal(0, freshness.Waiting);
    }

    /// <summary>A log of which only the end is asked.</summary>
    private sealed class SharedLog : IEventLog
    {
        public bool IsShared => true;

        public long End { get; set; }

        public Task<Cursor> NowAsync(CancellationToken cancel = default) => Task.FromResult(PositionCursor.At(End));

        public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<int> VersionAsync(string stream, CancellationToken cancel = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
