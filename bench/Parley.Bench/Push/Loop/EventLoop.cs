using System.Diagnostics;

namespace Parley.Bench.Push.Loop;

/// <summary>
/// All connections of the generator on one thread: no locks, no queues, one read per socket and turn, so that the generator
/// takes little from the servers it measures, and the same from each.
/// </summary>
internal sealed class EventLoop : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(10);

    private readonly Epoll epoll = new();
    private readonly List<Connection?> connections = [];
    private readonly Stack<int> free = [];
    private readonly byte[] buffer = new byte[1024 * 1024];

    /// <summary>Handles what happens until the moment has come; at least looks once.</summary>
    /// <param name="until">A <see cref="Stopwatch"/> timestamp.</param>
    public void RunUntil(long until)
    {
        do RunOnce(until);
        while (Stopwatch.GetTimestamp() < until);
    }

    /// <summary>Handles what happens for a while.</summary>
    public void Run(TimeSpan time) => RunUntil(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>
    /// Handles what happens until nothing is left to happen; false if <paramref name="left"/> stops falling for that long.
    /// </summary>
    public bool RunDown(Func<long> left, TimeSpan patience)
    {
        var least = long.MaxValue;
        var progress = Stopwatch.GetTimestamp();
        while (left() is > 0 and var now)
        {
            if (now < least) (least, progress) = (now, Stopwatch.GetTimestamp());
            if (Stopwatch.GetElapsedTime(progress) > patience) return false;
            RunOnce(Stopwatch.GetTimestamp() + (long)(Turn.TotalSeconds * Stopwatch.Frequency));
        }
        return true;
    }

    /// <summary>Waits for something to happen, at most until then, and handles it.</summary>
    public void RunOnce(long until)
    {
        var count = epoll.Wait(until);
        for (var i = 0; i < count; i++)
        {
            var (tag, canRead, canWrite) = epoll[i];
            if (canWrite) connections[tag]?.Writable();
            if (canRead) connections[tag]?.Readable(buffer);
        }
    }

    public void Dispose()
    {
        foreach (var connection in connections.ToArray()) connection?.Close();
        epoll.Dispose();
    }

    /// <summary>Watches a connection; answers its tag.</summary>
    internal int Add(Connection connection, int descriptor)
    {
        if (!free.TryPop(out var tag))
        {
            tag = connections.Count;
            connections.Add(null);
        }
        connections[tag] = connection;
        epoll.Watch(descriptor, Epoll.CanRead, tag);
        return tag;
    }

    internal void WatchWriting(int descriptor, int tag, bool writing) =>
        epoll.Rewatch(descriptor, writing ? Epoll.CanRead | Epoll.CanWrite : Epoll.CanRead, tag);

    internal void Remove(int descriptor, int tag)
    {
        epoll.Forget(descriptor);
        connections[tag] = null;
        free.Push(tag);
    }
}
