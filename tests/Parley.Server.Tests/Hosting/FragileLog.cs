using Parley.Log;

namespace Parley.Server.Tests.Hosting;

/// <summary>A log in memory that outlives the servers on it and refuses to store, or to be read, while it is broken.</summary>
internal sealed class FragileLog : IEventLog
{
    public bool IsShared => false;

    private readonly InMemoryEventLog log = new();
    private int refusals;
    private int versionsAsked;

    public bool IsBroken { get; set; }

    /// <summary>Whether it stores, and says that it cannot know whether it did.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Whether storing anything meets a bug, of a kind that nobody expects.</summary>
    public bool HasBug { get; set; }

    public bool IsUnreadable { get; set; }

    public bool IsUnfollowable { get; set; }

    /// <summary>What is said to be wrong while it is broken.</summary>
    public LogTrouble Trouble { get; set; }

    /// <summary>Whatever is to be stored waits until the task is done.</summary>
    public Task HoldAll { get; set; } = Task.CompletedTask;

    /// <summary>Whoever asks for the version of a stream waits until the task is done.</summary>
    public Task HoldVersions { get; set; } = Task.CompletedTask;

    /// <summary>How many have asked for one.</summary>
    public int VersionsAsked => versionsAsked;

    public int Refusals => refusals;

    /// <summary>What is to be stored in the stream of this name waits until the task is done.</summary>
    public (string Stream, Task Until)? Hold { get; set; }

    public async Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancel = default)
    {
        await HoldAll;
        if (Hold is var (stream, until) && append.Streams.Any(s => s.Stream == stream)) await until;
        if (HasBug)
        {
            Interlocked.Increment(ref refusals);
            throw new InvalidOperationException("a bug of the test's");
        }
        if (LosesAnswers) await log.AppendAsync(append, cancel);
        else if (!IsBroken) return await log.AppendAsync(append, cancel);
        Interlocked.Increment(ref refusals);
        throw new LogUnavailableException("broken by the test") { Trouble = Trouble };
    }

    public Task<IReadOnlyList<LogEvent>> ReadAsync(string stream, int after = 0, CancellationToken cancel = default) =>
        IsUnreadable ? throw new LogUnavailableException("unreadable by the test") : log.ReadAsync(stream, after, cancel);

    public Task<IReadOnlyList<LogEvent>> FindAsync(string stream, string commandId, CancellationToken cancel = default) =>
        log.FindAsync(stream, commandId, cancel);

    public async Task<int> VersionAsync(string stream, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref versionsAsked);
        await HoldVersions;
        return await log.VersionAsync(stream, cancel);
    }

    public Task<IReadOnlyList<LiveStream>> LiveStreamsAsync(string prefix, CancellationToken cancel = default) =>
        log.LiveStreamsAsync(prefix, cancel);

    public Task<Cursor> NowAsync(CancellationToken cancel = default) => log.NowAsync(cancel);

    public IAsyncEnumerable<LogBatch> FollowAsync(Cursor from, CancellationToken cancel = default) =>
        IsUnfollowable ? throw new LogUnavailableException("unfollowable by the test") : log.FollowAsync(from, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
