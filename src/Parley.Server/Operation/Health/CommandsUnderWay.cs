using System.Collections.Concurrent;
using System.Diagnostics;
using Parley.Log;
using Parley.Server.Operation.Metrics;

namespace Parley.Server.Operation.Health;

/// <summary>
/// This node's commands from when they are given to the log until those who are pushed have been told: how many there are, and
/// how long it takes. A clock that jumps does not matter.
/// </summary>
internal sealed class CommandsUnderWay(TimeProvider time, HealthOptions options, Measures measures) : IHealth
{
    /// <summary>Commands that are watched; if so many wait to be told of, further ones change nothing.</summary>
    private const int MostWatched = 65_536;

    private readonly ConcurrentDictionary<string, Way> ways = new(StringComparer.Ordinal);
    private int waiting;
    private int watched;

    public string Part => "delay";

    /// <summary>How many commands wait to be stored.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>How long the oldest command that waits to be stored has waited.</summary>
    public TimeSpan StoreDelay => Oldest(way => way.StoredAt is null);

    /// <summary>How long ago the oldest command was stored of which nobody has been told yet.</summary>
    public TimeSpan TellDelay => Oldest(way => way.StoredAt is not null);

    public Rejection? Problem() =>
        StoreDelay > options.MaxStoreDelay ? Slow("The log takes too long to store: its disk or database cannot keep up.")
        : TellDelay > options.MaxTellDelay ? Slow("Those who are pushed are told too late: the log's tail lags behind.")
        : null;

    /// <summary>Gives a command to the log.</summary>
    public async Task<AppendOutcome> Give(string commandId, Func<Task<AppendOutcome>> append)
    {
        var way = new Way(time.GetTimestamp());
        // the tail may bring it before its own answer comes
        var isWatched = TryWatch(commandId, way);
        Interlocked.Increment(ref waiting);
        AppendOutcome? outcome = null;
        try
        {
            outcome = await append();
            way.StoredAt = time.GetTimestamp();
            return outcome.Value;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            measures.Appended(outcome, time.GetElapsedTime(way.Began));
            if (isWatched && outcome != AppendOutcome.Stored) Forget(commandId, way);
        }
    }

    /// <summary>Everybody has been told of a command, of this node or another.</summary>
    public void Told(string commandId)
    {
        if (!ways.TryRemove(commandId, out var way)) return;
        Interlocked.Decrement(ref watched);
        measures.Told(time.GetElapsedTime(way.Began));
    }

    private bool TryWatch(string commandId, Way way)
    {
        if (Interlocked.Increment(ref watched) <= MostWatched && ways.TryAdd(commandId, way)) return true;
        Interlocked.Decrement(ref watched);
        return false;
    }

    private void Forget(string commandId, Way way)
    {
        if (ways.TryRemove(KeyValuePair.Create(commandId, way))) Interlocked.Decrement(ref watched);
    }

    private TimeSpan Oldest(Func<Way, bool> which)
    {
        var oldest = TimeSpan.Zero;
        foreach (var (_, way) in ways)
        {
            if (which(way) && time.GetElapsedTime(way.StoredAt ?? way.Began) is var age && age > oldest) oldest = age;
        }
        return oldest;
    }

    private static Rejection Slow(string message) => new(Reason.Unavailable, message);

    /// <summary>One command's times, as the clock's timestamps.</summary>
    private sealed class Way(long began)
    {
        private long storedAt;

        public long Began => began;

        public long? StoredAt
        {
            get => Interlocked.Read(ref storedAt) is not 0 and var at ? at : null;
            set => Interlocked.Exchange(ref storedAt, value ?? 0);
        }
    }
}
