using static Parley.Log.Tests.Appends;

namespace Parley.Log.Tests;

public sealed class GroupCommitTests
{
    /// <summary>A store that flushes when the test says so, and remembers what came in each batch.</summary>
    private sealed class HeldStore
    {
        public SemaphoreSlim Started { get; } = new(0);
        public SemaphoreSlim Flush { get; } = new(0);
        public List<string[]> Batches { get; } = [];
        public Exception? Failure { get; set; }

        public void Store(IReadOnlyList<PendingAppend> batch)
        {
            Batches.Add([.. batch.Select(p => p.Append.CommandId)]);
            Started.Release();
            if (!Flush.Wait(Follower.Patience)) throw new TimeoutException();
            if (Failure is not null) throw Failure;
            foreach (var pending in batch) pending.Outcome = AppendOutcome.Stale;
        }

        public async Task StartedAsync() => Assert.True(await Started.WaitAsync(Follower.Patience));
    }

    private readonly HeldStore store = new();

    private static Append Named(string id) => Command(id, Part("chat/1", 0, "a"));

    [Fact]
    public async Task While_one_batch_is_flushed_the_next_one_gathers()
    {
        await using var commits = new GroupCommit(new EventLogOptions(), store.Store);
        var first = commits.AppendAsync(Named("1"), default);
        await store.StartedAsync();
        var others = Enumerable.Range(2, 9).Select(i => commits.AppendAsync(Named($"{i}"), default)).ToArray();
        Assert.False(first.IsCompleted);

        store.Flush.Release(2);
        await Task.WhenAll([first, .. others]);

        Assert.Equal([["1"], Enumerable.Range(2, 9).Select(i => $"{i}")], store.Batches);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_flush_and_the_answer_is_what_the_engine_decided()
    {
        await using var commits = new GroupCommit(new EventLogOptions(), store.Store);
        var append = commits.AppendAsync(Named("1"), default);
        await store.StartedAsync();
        Assert.False(append.IsCompleted);

        store.Flush.Release();

        Assert.Equal(AppendOutcome.Stale, await append);
    }

    [Fact]
    public async Task A_batch_has_a_bound_of_appends()
    {
        await using var commits = new GroupCommit(new EventLogOptions { BatchAppends = 2 }, store.Store);
        store.Flush.Release(10);

        await Task.WhenAll(Enumerable.Range(0, 7).Select(i => commits.AppendAsync(Named($"{i}"), default)));

        Assert.All(store.Batches, batch => Assert.InRange(batch.Length, 1, 2));
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"{i}"), store.Batches.SelectMany(b => b));
    }

    [Fact]
    public async Task A_batch_has_a_bound_of_bytes_and_a_larger_append_goes_alone()
    {
        await using var commits = new GroupCommit(new EventLogOptions { BatchBytes = 100 }, store.Store);
        var first = commits.AppendAsync(Named("held"), default);
        await store.StartedAsync();
        var rest = new[] { 40, 40, 40, 500, 10 }.Select((size, i) => commits.AppendAsync(
            Command($"{i}", new StreamAppend("chat/1", 0, [new NewEvent("a", new byte[size])])), default)).ToArray();

        store.Flush.Release(10);
        await Task.WhenAll([first, .. rest]);

        Assert.Equal([["held"], ["0", "1"], ["2"], ["3"], ["4"]], store.Batches);
    }

    [Fact]
    public async Task The_queue_has_bounds_of_appends_and_bytes()
    {
        static Append Sized(string id, int bytes) =>
            Command(id, new StreamAppend("chat/1", 0, [new NewEvent("a", new byte[bytes])]));
        var options = new EventLogOptions { QueueAppends = 2, QueueBytes = 1_000, AppendBytes = 1_000, BatchAppends = 1 };
        await using var commits = new GroupCommit(options, store.Store);
        var first = commits.AppendAsync(Named("held"), default);
        await store.StartedAsync();

        var large = commits.AppendAsync(Sized("large", 990), default);
        await Assert.ThrowsAsync<LogUnavailableException>(() => commits.AppendAsync(Sized("too many bytes", 11), default));
        var empty = commits.AppendAsync(Sized("empty", 0), default);
        await Assert.ThrowsAsync<LogUnavailableException>(() => commits.AppendAsync(Sized("too many", 0), default));

        store.Flush.Release(3);
        await Task.WhenAll(first, large, empty);
        Assert.Equal([["held"], ["large"], ["empty"]], store.Batches);
    }

    [Fact]
    public async Task An_append_cancelled_while_it_waits_is_never_stored()
    {
        await using var commits = new GroupCommit(new EventLogOptions(), store.Store);
        using var leave = new CancellationTokenSource();
        var flushed = commits.AppendAsync(Named("flushed"), leave.Token);
        await store.StartedAsync();
        var waiting = commits.AppendAsync(Named("waiting"), leave.Token);
        var other = commits.AppendAsync(Named("other"), default);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        store.Flush.Release(2);

        Assert.Equal(AppendOutcome.Stale, await flushed);
        await other;
        Assert.Equal([["flushed"], ["other"]], store.Batches);
    }

    [Fact]
    public async Task A_batch_that_fails_is_told_to_each_of_its_appends_and_the_next_is_tried()
    {
        await using var commits = new GroupCommit(new EventLogOptions(), store.Store);
        store.Failure = new IOException("disk on fire");
        var first = commits.AppendAsync(Named("1"), default);
        await store.StartedAsync();
        store.Flush.Release();
        var refusal = await Assert.ThrowsAsync<LogUnavailableException>(() => first);
        Assert.Contains("disk on fire", refusal.Message);

        store.Failure = null;
        store.Flush.Release();
        Assert.Equal(AppendOutcome.Stale, await commits.AppendAsync(Named("2"), default));
    }
}
