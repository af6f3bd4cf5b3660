using System.Collections.Concurrent;

namespace Parley.Server.Tests.Durability;

/// <summary>What all clients share: the chats they know, whether the server is there, and whether they should finish.</summary>
internal sealed class World(ChildServer server, CancellationToken cancel)
{
    private volatile TaskCompletionSource serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int lives;
    private int createsUnknown;

    public ChildServer Server { get; } = server;
    public CancellationToken Cancel { get; } = cancel;
    public ConcurrentDictionary<string, ChatRecord> Chats { get; } = new();

    /// <summary>True when customers should come to an end and agents should only answer.</summary>
    public bool IsFinishing { get; private set; }

    /// <summary>Which life of the server this is: 1, 2, 3 …</summary>
    public int Life => Volatile.Read(ref lives);

    /// <summary>Creates that were never answered: chats whose customer does not know them.</summary>
    public int CreatesUnknown => Volatile.Read(ref createsUnknown);

    /// <summary>Returns when the server is there to be asked.</summary>
    public Task ServingAsync() => serving.Task.WaitAsync(Cancel);

    public void ServerIsBack()
    {
        Interlocked.Increment(ref lives);
        serving.SetResult();
    }

    public void ServerIsGone() => serving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Finish() => IsFinishing = true;

    public void CountUnknownCreate() => Interlocked.Increment(ref createsUnknown);
}
