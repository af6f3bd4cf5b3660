using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>
/// One stream's present state, folded from its events by whoever sees them first: its own writer or the log's tail.
/// </summary>
internal sealed class Fold<TState, TEvent>(StreamKind<TState, TEvent> kind, string stream)
    where TEvent : class
{
    private readonly Lock gate = new();
    private readonly Queue<Commit<TState, TEvent>> untold = new();
    private TState state = kind.Empty;
    private int version;

    /// <summary>One command at a time.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    public string Stream => stream;

    public StreamKind<TState, TEvent> Kind => kind;

    public (int Version, TState State) Now
    {
        get
        {
            lock (gate) return (version, state);
        }
    }

    public TState State => Now.State;

    /// <summary>Begins at the version before a life of the stream, in the empty state.</summary>
    public void StartAt(int before)
    {
        lock (gate) version = before;
    }

    /// <summary>What has been taken in so far is past: the tail will not bring it again, or it can be replayed.</summary>
    public void Settle()
    {
        lock (gate) untold.Clear();
    }

    /// <summary>Takes in the events of one command that are known to be stored; what is already known is passed over.</summary>
    public void Advance(int first, ImmutableArray<TEvent> events, Stamp stamp)
    {
        lock (gate)
        {
            if (first == version + 1) untold.Enqueue(Apply(first, events, stamp));
        }
    }

    /// <summary>
    /// The same, from the tail: what the events did, each command once and in order; null when events before it are missing
    /// here, or when it lies further back than is remembered.
    /// </summary>
    public Commit<TState, TEvent>? Tell(int first, Func<(ImmutableArray<TEvent> Events, Stamp Stamp)> read)
    {
        lock (gate)
        {
            while (untold.TryPeek(out var next) && next.First < first) untold.Dequeue();
            if (untold.TryPeek(out var known) && known.First == first) return untold.Dequeue();
            if (first != version + 1) return null;
            var (events, stamp) = read();
            return Apply(first, events, stamp);
        }
    }

    private Commit<TState, TEvent> Apply(int first, ImmutableArray<TEvent> events, Stamp stamp)
    {
        var before = state;
        foreach (var e in events) state = kind.Apply(state, e, stamp);
        version = first + events.Length - 1;
        return new(stream, first, before, events, stamp, state);
    }
}

/// <summary>What one command did to one stream.</summary>
/// <param name="First">The version of the first event.</param>
internal sealed record Commit<TState, TEvent>(
    string Stream, int First, TState Before, ImmutableArray<TEvent> Events, Stamp Stamp, TState After);

/// <summary>The events of one command in one stream, as the log holds them.</summary>
internal static class Commands
{
    /// <summary>Splits a run of stored events where the command changes.</summary>
    public static IEnumerable<ArraySegment<LogEvent>> Split(IReadOnlyList<LogEvent> events) =>
        Runs(new ArraySegment<LogEvent>(events as LogEvent[] ?? [.. events]), e => e.CommandId);

    /// <summary>Splits the events of one command where the stream changes.</summary>
    public static IEnumerable<ArraySegment<LogEvent>> ByStream(ArraySegment<LogEvent> command) => Runs(command, e => e.Stream);

    private static IEnumerable<ArraySegment<LogEvent>> Runs(ArraySegment<LogEvent> events, Func<LogEvent, string> common)
    {
        for (int start = 0, end; start < events.Count; start = end)
        {
            end = start + 1;
            while (end < events.Count && common(events[end]) == common(events[start])) end++;
            yield return events[start..end];
        }
    }

    /// <summary>The events as the domain knows them, and their common stamp.</summary>
    public static (ImmutableArray<TEvent> Events, Stamp Stamp) Read<TState, TEvent>(
        this StreamKind<TState, TEvent> kind, ArraySegment<LogEvent> stored)
        where TEvent : class
    {
        var read = stored.Select(kind.Codec.Read).ToArray();
        return ([.. read.Select(r => r.Event)], read[0].Stamp);
    }
}
