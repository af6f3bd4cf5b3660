using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Parley;

/// <summary>What a command leads to: events, possibly none, or a refusal.</summary>
/// <remarks>A list of events converts to a decision, and so does a <see cref="Rejection"/>.</remarks>
[CollectionBuilder(typeof(Decision), nameof(Decision.Of))]
public sealed class Decision<TEvent> : IEnumerable<TEvent>
{
    internal Decision(ImmutableArray<TEvent> events, Rejection? refused) => (Events, Refused) = (events, refused);

    /// <summary>What happens, in order; empty when refused or when nothing needs to change.</summary>
    public ImmutableArray<TEvent> Events { get; }

    /// <summary>Why nothing happens; null when the command is accepted.</summary>
    public Rejection? Refused { get; }

    public static implicit operator Decision<TEvent>(Rejection refused) => new([], refused);

    IEnumerator<TEvent> IEnumerable<TEvent>.GetEnumerator() => Events.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Events.AsEnumerable().GetEnumerator();
}

/// <summary>Builds decisions from lists of events.</summary>
public static class Decision
{
    public static Decision<TEvent> Of<TEvent>(ReadOnlySpan<TEvent> events) => new([.. events], null);
}
