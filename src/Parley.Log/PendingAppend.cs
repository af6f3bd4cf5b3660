namespace Parley.Log;

/// <summary>An append on its way through <see cref="GroupCommit"/>: waiting, then taken into a batch, then answered.</summary>
public sealed class PendingAppend
{
    private const int Waiting = 0, Taken = 1, Cancelled = 2;

    private readonly TaskCompletionSource<AppendOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration registration;
    private int state = Waiting;

    internal PendingAppend(Append append, int bytes)
    {
        Append = append;
        Bytes = bytes;
    }

    /// <summary>What is to be stored.</summary>
    public Append Append { get; }

    /// <summary>What the engine decided. It is told to the caller only after the batch has become durable.</summary>
    public AppendOutcome Outcome { get; set; }

    /// <summary>Whether the outcome stands whatever becomes of the rest of the batch, because it is durable already.</summary>
    public bool IsSettled { get; set; }

    internal int Bytes { get; }

    internal Task<AppendOutcome> Answer => answer.Task;

    internal void CancelWith(CancellationToken cancel) =>
        registration = cancel.UnsafeRegister(static (self, token) => ((PendingAppend)self!).Cancel(token), this);

    /// <summary>Takes the append into a batch, unless its caller went away before.</summary>
    internal bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    internal void Acknowledge()
    {
        registration.Dispose();
        answer.TrySetResult(Outcome);
    }

    internal void Fail(Exception cause)
    {
        registration.Dispose();
        answer.TrySetException(cause);
    }

    private void Cancel(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting) answer.TrySetCanceled(token);
    }
}
