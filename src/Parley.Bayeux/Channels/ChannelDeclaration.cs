using System.Collections.Immutable;

namespace Parley.Bayeux;

/// <summary>What is declared for one channel or pattern.</summary>
internal sealed record ChannelDeclaration(
    ImmutableList<Func<BayeuxMessage, ValueTask<bool>>> Listeners,
    ImmutableList<IChannelAuthorizer> Authorizers,
    ImmutableList<Action<BayeuxEvent, LocalSession?>> Hearers,
    ImmutableList<TimeSpan> Patience,
    int Silences)
{
    public static readonly ChannelDeclaration None = new([], [], [], [], Silences: 0);

    /// <summary>How long events may wait; null if they may not.</summary>
    public TimeSpan? Laziness => Patience.IsEmpty ? null : Patience[^1];

    /// <summary>Whether publishers receive their own events.</summary>
    public bool IsEchoed => Silences == 0;
}
