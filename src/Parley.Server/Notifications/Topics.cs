using System.Collections.Immutable;
using Parley.Bayeux;
using Parley.Server.Provisioning;

namespace Parley.Server.Notifications;

/// <summary>The topics of notifications, and which of them a user may subscribe to.</summary>
/// <remarks>
/// Everything under <c>/v2/me/</c> is accepted, also where nothing is ever said: desktops show a refused subscription as an
/// error. What is said there goes to the user alone, whoever else has subscribed to the same words. A pattern may cover
/// these topics and no others can be reached by it, since nothing is ever published to everyone. Of <c>/v2/users</c> everybody
/// hears only about the users that they are responsible for.
/// Source: AsynchronousEvents; CometdNotification.
/// </remarks>
internal static class Topics
{
    public static readonly ChannelName Chats = ChannelName.Parse("/v2/me/chats");
    public static readonly ChannelName Channels = ChannelName.Parse("/v2/me/channels");

    /// <summary>
    /// Chats as the first release tells of them: only to those who subscribed to the very name, since a pattern would bring
    /// everything twice (Quirk 33).
    /// </summary>
    public static readonly ImmutableArray<ChannelName> Interactions =
        [ChannelName.Parse("/v2/me/interactions"), ChannelName.Parse("/me/interactions")];

    /// <summary>What happens to other users; only for those who are responsible for some.</summary>
    public static readonly ChannelName Users = ChannelName.Parse("/v2/users");

    /// <summary>Answers to questions about chats that were.</summary>
    public static readonly ChannelName PastInteractions = ChannelName.Parse("/v2/ucs/interactions");

    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "/**", "/v2/**", "/v2/me", "/me/interactions", "/notifications/services", "/v2/ucs/interactions", "/v2/ucs/contacts",
    };

    /// <summary>The topics on which something is said to whoever subscribes to a name.</summary>
    public static IEnumerable<ChannelName> Under(ChannelName name) =>
        Interactions.Contains(name) ? [name] : new[] { Chats, Channels, Users }.Where(topic => name == topic || name.Matches(topic));

    public static bool IsOpenTo(User user, ChannelName topic) =>
        Open.Contains(topic.Text)
        || topic.Text.StartsWith("/v2/me/", StringComparison.Ordinal)
        || (topic.Text == Users.Text && Responsibility.IsBorneBy(user));
}
