using Parley.Bayeux;
using Parley.Server.Accounts;
using Parley.Server.Rest;

namespace Parley.Server.Notifications;

/// <summary>What is remembered of whoever opened a notification session.</summary>
/// <param name="Links">The server's address as the listener wrote it in the handshake.</param>
/// <param name="Session">The HTTP session in which the handshake came.</param>
/// <param name="Manner">Whether it wants to know the numbers of what it is told.</param>
internal sealed record Listener(Links Links, HttpSession Session, Manner Manner)
{
    private readonly Dictionary<ChannelName, Resumption> resumed = [];

    /// <summary>
    /// The topics of which it is about to be told what it missed: until that is done it is told nothing else of them. Guarded by
    /// <see cref="RecentNews.Gate"/>.
    /// </summary>
    public IDictionary<ChannelName, Resumption> Resumed => resumed;
}

/// <summary>Where a listener goes on with a topic.</summary>
/// <param name="Missed">What it has missed.</param>
/// <param name="Told">Up to which commit that reaches: everybody had been told so much when it asked.</param>
/// <param name="By">The subscription that asked.</param>
internal sealed record Resumption(IReadOnlyList<BayeuxEvent> Missed, long Told, BayeuxMessage By);

/// <summary>How a listener is told.</summary>
internal enum Manner
{
    Plain,

    /// <summary>Each notification has its number.</summary>
    Numbered,
}
