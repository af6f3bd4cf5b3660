using Parley.Log;
using Parley.Log.History;

namespace Parley.Server.Tests.History;

/// <summary>A history in memory that can be used by nobody while it is broken, and is not added to while it is held.</summary>
internal sealed class BreakableHistory : IHistoryIndex
{
    private readonly InMemoryHistoryIndex history = new();
    private volatile TaskCompletionSource? hold;

    public volatile bool IsBroken;

    public bool IsHeld
    {
        set
        {
            var held = hold;
            hold = value ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            if (!value) held?.TrySetResult();
        }
    }

    public Task<HistoryPlace> PlaceAsync(CancellationToken cancel = default) => Whole().PlaceAsync(cancel);

    public async Task<bool> ApplyAsync(
        HistoryPlace from, HistoryPlace to, IReadOnlyList<HistoryChange> changes, CancellationToken cancel = default)
    {
        if (hold is { } until) await until.Task.WaitAsync(cancel);
        return await Whole().ApplyAsync(from, to, changes, cancel);
    }

    public Task<HistoryPage> FindAsync(HistoryQuery query, CancellationToken cancel = default) =>
        Whole().FindAsync(query, cancel);

    public Task ClearAsync(int version, CancellationToken cancel = default) => Whole().ClearAsync(version, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private InMemoryHistoryIndex Whole() => IsBroken ? throw new LogUnavailableException("broken by the test") : history;
}
