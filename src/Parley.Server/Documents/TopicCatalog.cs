using System.Text.Json.Serialization.Metadata;
using Parley.Server.Notifications;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Documents;

/// <summary>What is told over CometD, one row for each kind of message on each topic.</summary>
internal static class TopicCatalog
{
    /// <summary>The topics that clients subscribe to, and what each is for.</summary>
    public static IReadOnlyList<(string Topic, string Meaning)> Topics { get; } =
    [
        ("/v2/me/chats", "The caller's chats: state, participants, data, messages."),
        ("/v2/me/channels", "The state of the caller's media channels."),
        ("/v2/me", "What concerns the caller's user, its password for instance."),
        ("/v2/me/interactions",
            "The caller's chats in the words of the first release, for those who subscribed to this topic itself."),
        ("/v2/users", "What concerns other users, for those who are responsible for them."),
        ("/v2/ucs/interactions", "Answers to the caller's questions about the history of chats."),
    ];

    /// <summary>The messages.</summary>
    public static IReadOnlyList<NoticeEntry> Notices { get; } =
    [
        new("/v2/me/chats", nameof(ChatStateChangeMessage), ["StatusChange", "ParticipantsUpdated", "PropertiesUpdated", "Error"],
            ChatJson.Default.ChatStateChangeMessage),
        new("/v2/me/chats", nameof(MessageLogUpdated), ["NewMessages"], ChatJson.Default.MessageLogUpdated),
        new("/v2/me/channels", "ChannelStateChangeMessageV2", [], ChatJson.Default.ChannelStateChangeMessage),
        new("/v2/users", "ChannelStateChangeMessageV2", [], ChatJson.Default.ChannelStateChangeMessage),
        new("/v2/me/interactions", nameof(InteractionStateMessage),
            ["StatusChange", "ParticipantsUpdated", "PropertiesUpdated", "Error"], ChatJson.Default.InteractionStateMessage),
        new("/v2/me/interactions", nameof(MessageLogUpdated), ["NewMessages"], ChatJson.Default.MessageLogUpdated),
        new("/v2/ucs/interactions", nameof(GetInteractionsHistoryMessage), [], ChatJson.Default.GetInteractionsHistoryMessage),
        new("/v2/ucs/interactions", nameof(GetInteractionContentMessage), [], ChatJson.Default.GetInteractionContentMessage),
    ];
}

/// <summary>One kind of message on one topic.</summary>
/// <param name="MessageType">The value of <c>messageType</c>.</param>
/// <param name="NotificationTypes">The values of <c>notificationType</c>; none if the message has no such member.</param>
/// <param name="Message">The record that is written; its doc comment names the published page.</param>
internal sealed record NoticeEntry(
    string Topic, string MessageType, IReadOnlyList<string> NotificationTypes, JsonTypeInfo Message);
