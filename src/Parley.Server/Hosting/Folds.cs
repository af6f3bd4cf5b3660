using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>The present states of one kind of stream: the live ones, and others for as long as somebody asks for them.</summary>
internal sealed class Folds<TState, TEvent>(IEventLog log, StreamKind<TState, TEvent> kind)
    where TEvent : class
{
    private const int LoadsAtOnce = 8;

    private readonly ConcurrentDictionary<string, Fold<TState, TEvent>> folds = new(StringComparer.Ordinal);

    public string NameOf(string id) => kind.Prefix + id;

    public string IdOf(Fold<TState, TEvent> fold) => fold.Stream[kind.Prefix.Length..];

    /// <summary>How many streams are held.</summary>
    public int Count => folds.Count;

    public bool Owns(string stream) => stream.StartsWith(kind.Prefix, StringComparison.Ordinal);

    /// <summary>The states held now; whoever does not go through them costs nothing and holds nobody up.</summary>
    public IEnumerable<TState> States => folds.Select(f => f.Value.State);

    /// <summary>The state of a stream that is held already.</summary>
    public bool TryPeek(string id, [NotNullWhen(true)] out TState? state)
    {
        state = folds.TryGetValue(NameOf(id), out var fold) ? fold.State : default;
        return state is not null;
    }

    /// <summary>The stream as it is, loaded if need be; null when it never had an event.</summary>
    public async ValueTask<Fold<TState, TEvent>?> Find(string id)
    {
        var stream = NameOf(id);
        if (folds.TryGetValue(stream, out var known) && known.Now.Version > 0) return known;
        var loaded = await Load(stream);
        if (loaded.Now.Version == 0) return null;
        // one that was prepared for a first event, or for what the tail brings, will know it soon
        if (known is not null) return loaded;
        // who only reads what is over must not fill the memory with it
        return kind.AfterLife == AfterLife.Kept && !kind.IsLive(loaded.State) ? loaded : folds.GetOrAdd(stream, loaded);
    }

    /// <summary>The stream as it is, or a new one without events.</summary>
    public async ValueTask<Fold<TState, TEvent>> FindOrAdd(string id) =>
        await Find(id) ?? folds.GetOrAdd(NameOf(id), stream => new Fold<TState, TEvent>(kind, stream));

    /// <summary>The stream as the log has it, also without events; it is not held.</summary>
    public async Task<Fold<TState, TEvent>> Read(string id)
    {
        var fold = new Fold<TState, TEvent>(kind, NameOf(id));
        await Refresh(fold);
        fold.Settle();
        return fold;
    }

    /// <summary>
    /// Loads live streams at start, as they were at a position: the tail brings the rest. What was not live then is left out.
    /// </summary>
    public async Task<IReadOnlyList<TState>> Load(IReadOnlyList<LiveStream> live, long upTo, CancellationToken cancel)
    {
        var states = new TState?[live.Count];
        var few = new ParallelOptions { MaxDegreeOfParallelism = LoadsAtOnce, CancellationToken = cancel };
        await Parallel.ForAsync(0, live.Count, few, async (i, _) =>
        {
            var loaded = await LoadLive(live[i], upTo);
            if (kind.IsLive(loaded.State)) states[i] = folds.GetOrAdd(live[i].Stream, loaded).State;
        });
        return [.. states.OfType<TState>()];
    }

    /// <summary>Takes in what others have appended.</summary>
    public async Task Refresh(Fold<TState, TEvent> fold, long upTo = long.MaxValue)
    {
        foreach (var command in Commands.Split(await log.ReadAsync(fold.Stream, fold.Now.Version)))
        {
            if (command[0].Position > upTo) break;
            var (events, stamp) = kind.Read(command);
            fold.Advance(command[0].Version, events, stamp);
        }
    }

    /// <summary>What a command that came along the tail did.</summary>
    public async ValueTask<Commit<TState, TEvent>> Tell(ArraySegment<LogEvent> command)
    {
        var first = command[0];
        var fold = folds.GetOrAdd(first.Stream, stream => Begun(stream, first.Version));
        if (fold.Tell(first.Version, () => kind.Read(command)) is { } commit) return commit;
        await Refresh(fold);
        return fold.Tell(first.Version, () => kind.Read(command)) ?? await Replay(command);
    }

    /// <summary>Lets go of a stream that nobody needs at hand any more; it can be loaded again.</summary>
    public void Forget(string id) => folds.TryRemove(NameOf(id), out _);

    /// <summary>Lets go of a stream that was prepared for a first event which was not stored.</summary>
    public void ForgetIfEmpty(Fold<TState, TEvent> fold)
    {
        if (fold.Now.Version == 0) folds.TryRemove(KeyValuePair.Create(fold.Stream, fold));
    }

    /// <summary>A stream of which nothing is held here: one that is blank between its lives was so until now.</summary>
    private Fold<TState, TEvent> Begun(string stream, int version)
    {
        var fold = new Fold<TState, TEvent>(kind, stream);
        if (kind.AfterLife == AfterLife.Blank) fold.StartAt(version - 1);
        return fold;
    }

    private async Task<Fold<TState, TEvent>> Load(string stream)
    {
        while (true)
        {
            var version = await log.VersionAsync(stream);
            var live = (await log.LiveStreamsAsync(stream)).FirstOrDefault(l => l.Stream == stream);
            if (live.Stream is not null) return await LoadLive(live);
            var ended = await LoadEnded(stream, version);
            // another node may have begun a life, and even ended it, between the two looks: only if not do they fit together
            if (await log.VersionAsync(stream) == version) return ended;
        }
    }

    private async Task<Fold<TState, TEvent>> LoadLive(LiveStream live, long upTo = long.MaxValue)
    {
        var fold = new Fold<TState, TEvent>(kind, live.Stream);
        fold.StartAt(live.Began - 1);
        await Refresh(fold, upTo);
        fold.Settle();
        return fold;
    }

    private async Task<Fold<TState, TEvent>> LoadEnded(string stream, int version)
    {
        var fold = new Fold<TState, TEvent>(kind, stream);
        if (kind.AfterLife == AfterLife.Blank) fold.StartAt(version);
        else await Refresh(fold);
        fold.Settle();
        return fold;
    }

    /// <summary>Folds the stream anew, for a command that lies further back than is remembered.</summary>
    private async Task<Commit<TState, TEvent>> Replay(ArraySegment<LogEvent> command)
    {
        var fold = new Fold<TState, TEvent>(kind, command[0].Stream);
        foreach (var earlier in Commands.Split(await log.ReadAsync(command[0].Stream)))
        {
            if (earlier[0].Version >= command[0].Version) break;
            var (events, stamp) = kind.Read(earlier);
            fold.Advance(earlier[0].Version, events, stamp);
        }
        return fold.Tell(command[0].Version, () => kind.Read(command))
            ?? throw new LogUnavailableException(
                $"Event {command[0].Version} of {command[0].Stream} is missing its predecessors.");
    }
}
