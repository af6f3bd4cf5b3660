namespace Parley.Log;

/// <summary>
/// The newest commits, each an array of events, within bounds of number and size. Not safe for several threads.
/// </summary>
internal sealed class TailWindow(long end, int maxEvents, long maxBytes)
{
    private readonly List<LogEvent[]> commits = [];
    private int oldest;
    private int events;
    private long bytes;

    /// <summary>The position before the oldest event held here.</summary>
    public long Start { get; private set; } = end;

    /// <summary>The position of the newest event held here.</summary>
    public long End { get; private set; } = end;

    public void Add(LogEvent[] commit)
    {
        commits.Add(commit);
        End = commit[^1].Position;
        events += commit.Length;
        bytes += Size(commit);
        while (events > maxEvents || bytes > maxBytes) DropOldest();
    }

    /// <summary>Holds nothing any more, and goes on after this position.</summary>
    public void Restart(long at)
    {
        commits.Clear();
        (oldest, events, bytes) = (0, 0, 0);
        Start = End = at;
    }

    /// <summary>
    /// The rest of the commit that holds the first event after a position, which is not before the start and before the end.
    /// </summary>
    public IReadOnlyList<LogEvent> After(long position)
    {
        int low = oldest, high = commits.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (commits[middle][^1].Position <= position) low = middle + 1;
            else high = middle;
        }
        var commit = commits[low];
        var skip = 0;
        while (commit[skip].Position <= position) skip++;
        return skip == 0 ? commit : new ArraySegment<LogEvent>(commit, skip, commit.Length - skip);
    }

    private void DropOldest()
    {
        var dropped = commits[oldest];
        commits[oldest++] = [];
        events -= dropped.Length;
        bytes -= Size(dropped);
        Start = dropped[^1].Position;
        if (oldest < 64 || oldest * 2 < commits.Count) return;
        commits.RemoveRange(0, oldest);
        oldest = 0;
    }

    private static long Size(LogEvent[] commit)
    {
        long size = 0;
        foreach (var e in commit) size += e.Data.Length;
        return size;
    }
}
