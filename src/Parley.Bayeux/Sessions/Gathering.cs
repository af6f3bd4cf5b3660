namespace Parley.Bayeux;

/// <summary>
/// What a thread gathers while it publishes: the connections that have something to send. A few are served by this very thread,
/// which saves a change of threads for each; many are left to the pool, where what comes meanwhile is joined.
/// </summary>
internal sealed class Gathering
{
    private const int Few = 4;

    private static readonly ExecutionContext Nobodys = CaptureNobodys();

    [ThreadStatic]
    private static Gathering? ofThread;

    private readonly IThreadPoolWorkItem?[] gathered = new IThreadPoolWorkItem?[Few];
    private int count;
    private int depth;

    /// <summary>Starts to gather on this thread until <see cref="End"/>; what is begun within it belongs to it.</summary>
    public static Gathering Begin()
    {
        var gathering = ofThread ??= new Gathering();
        gathering.depth++;
        return gathering;
    }

    /// <summary>
    /// Has the item run soon: by this thread if it gathers, by the pool otherwise, and wherever extensions may take their time.
    /// </summary>
    public static void Run(IThreadPoolWorkItem item, BayeuxSession? session)
    {
        if (ofThread is { depth: > 0, count: < Few } gathering && session?.IsExtended == false
            && SynchronizationContext.Current is null) gathering.gathered[gathering.count++] = item;
        else ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }

    /// <summary>Runs what was gathered; the thread holds no lock of this library.</summary>
    public void End()
    {
        if (--depth > 0) return;

        var isFew = count < Few;
        while (count > 0)
        {
            var item = gathered[--count]!;
            gathered[count] = null;
            // what belongs to the publisher, its span for one, is not handed to the receivers
            if (isFew) ExecutionContext.Run(Nobodys, static it => ((IThreadPoolWorkItem)it!).Execute(), item);
            else ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        }
    }

    private static ExecutionContext CaptureNobodys()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture());
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }
}
