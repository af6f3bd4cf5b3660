using Microsoft.Extensions.Logging.Abstractions;
using Parley.Log;
using Parley.Server.Nodes;
using Parley.Server.Operation.Health;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Nodes;

/// <summary>Waiting for what other nodes have stored.</summary>
public sealed class FreshnessTests : IAsyncDisposable
{
    private readonly SharedLog log = new();
    private readonly NodeOptions options = new();
    private readonly StoreHealth stores;

    public FreshnessTests() =>
        stores = new(log, TimeProvider.System, new HealthOptions(), NullLogger<StoreHealth>.Instance);

    public async ValueTask DisposeAsync()
    {
        stores.Dispose();
        await log.DisposeAsync();
    }

    [Fact]
    public async Task Who_asks_waits_for_what_was_stored_before_and_for_nothing_that_comes_after()
    {
        var freshness = new Freshness(log, options, stores);
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
        var freshness = new Freshness(log, options, stores);
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
        var freshness = new Freshness(log, options, stores);
        log.End = 2;

        await Assert.ThrowsAsync<LogUnavailableException>(() => freshness.CatchUp().AsTask());

        Assert.Equal(0, freshness.Waiting);
        Assert.Null(stores.Problem());
    }

    [Fact]
    public async Task A_log_that_is_back_in_time_is_only_waited_for()
    {
        var freshness = new Freshness(log, options, stores);
        log.FailuresLeft = 2;

        await freshness.CatchUp();

        Assert.Null(stores.Problem());
    }

    [Fact]
    public async Task A_log_that_does_not_come_back_is_refused_and_known_to_be_ill()
    {
        options.MaxCatchUpMs = 101;
        var freshness = new Freshness(log, options, stores);
        log.FailuresLeft = int.MaxValue;

        await Assert.ThrowsAsync<LogUnavailableException>(() => freshness.CatchUp().AsTask());

        Assert.NotNull(stores.Problem());
    }

    /// <summary>A log of which only the end is asked.</summary>
    private sealed class SharedLog : IEventLog
    {
        public bool IsShared => true;

        public long End { get; set; }

        /// <summary>How often it cannot be asked.</summary>
        public int FailuresLeft { get; set; }

        public Task<Cursor> NowAsync(CancellationToken cancel = default) => FailuresLeft-- > 0
            ? Task.FromException<Cursor>(new LogUnavailableException("It is away.") { Trouble = LogTrouble.Unreachable })
            : Task.FromResult(PositionCursor.At(End));

        public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<int> VersionAsync(string stream, CancellationToken cancel = default) =>
            Task.FromException<int>(new LogUnavailableException("It is away."));

        public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
