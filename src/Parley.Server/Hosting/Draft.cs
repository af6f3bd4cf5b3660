using System.Collections.Immutable;
using Parley.Log;

namespace Parley.Server.Hosting;

/// <summary>One stream's part of a command that has been decided and not yet stored.</summary>
internal interface IDraft
{
    StreamAppend Append(Stamp stamp);

    /// <summary>It is stored: the state moves on.</summary>
    void Stored(Stamp stamp);

    /// <summary>Somebody else was first: takes in what they did.</summary>
    Task Refresh();
}

/// <summary>Events decided at a version of a stream.</summary>
internal sealed class Draft<TState, TEvent> : IDraft
    where TEvent : class
{
    private readonly Folds<TState, TEvent> folds;
    private readonly Fold<TState, TEvent> fold;
    private readonly (int Version, TState State) at;
    private readonly ImmutableArray<TEvent> events;

    public Draft(Folds<TState, TEvent> folds, Fold<TState, TEvent> fold, (int, TState) at, ImmutableArray<TEvent> events) =>
        (this.folds, this.fold, this.at, this.events) = (folds, fold, at, events);

    public StreamAppend Append(Stamp stamp)
    {
        var kind = fold.Kind;
        var after = events.Aggregate(at.State, (state, e) => kind.Apply(state, e, stamp));
        var life = (kind.IsLive(at.State), kind.IsLive(after)) switch
        {
            (false, true) => StreamLife.Begins,
            (true, false) => StreamLife.Ends,
            _ => StreamLife.Continues,
        };
        return new StreamAppend(fold.Stream, at.Version, [.. events.Select(e => kind.Codec.Write(e, stamp))], life);
    }

    public void Stored(Stamp stamp) => fold.Advance(at.Version + 1, events, stamp);

    public Task Refresh() => folds.Refresh(fold);
}
