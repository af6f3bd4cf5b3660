using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>Something about a chat changed; the chat is the whole present view, never a difference.</summary>
/// <param name="NotificationType">What changed.</param>
/// <param name="Chat">The chat as the agent sees it now.</param>
/// <param name="ReferenceId">The number of the request that caused it, for the requester alone.</param>
/// <param name="ErrorMessage">Why what was asked for failed after all, for people.</param>
/// <remarks>
/// <c>{"messageType":"ChatStateChangeMessage","notificationType":"StatusChange","referenceId":13,"chat":{…}}</c>;
/// <c>notificationType</c> is StatusChange, ParticipantsUpdated, PropertiesUpdated, or Error with an <c>errorMessage</c>.
/// Source: ChatMessageType.
/// </remarks>
internal sealed record ChatStateChangeMessage(
    string NotificationType, ChatResource Chat, int? ReferenceId, string? ErrorMessage = null)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = nameof(ChatStateChangeMessage);

    public static ChatStateChangeMessage Of(ChatChange change, Links links) =>
        new(change.Type, ChatResource.Of(change.View, links), change.ReferenceId, change.Error);
}

/// <summary>New entries in a chat's log, ascending.</summary>
/// <param name="ChatUri">The chat's address.</param>
/// <param name="ChatPath">The address without host and version.</param>
/// <param name="Messages">The entries, ascending.</param>
/// <remarks>
/// <c>{"messageType":"MessageLogUpdated","notificationType":"NewMessages","chatUri":"…/api/v2/chats/0007Qa4KX9TM002C",
/// "chatPath":"/chats/0007Qa4KX9TM002C","messages":[{…}]}</c>. Clients find the chat by the path or by the end of the uri.
/// Source: ChatSend.
/// </remarks>
internal sealed record MessageLogUpdated(string ChatUri, string ChatPath, ImmutableArray<MessageResource> Messages)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = nameof(MessageLogUpdated);

    /// <summary>What changed: there is more to read.</summary>
    [JsonPropertyOrder(-1)]
    public string NotificationType { get; } = "NewMessages";
}

/// <summary>The state of media channels changed; only those that did are listed.</summary>
/// <param name="Channels">The channels whose state changed.</param>
/// <param name="UserId">The id of the user whose channels they are, where it is somebody else.</param>
/// <param name="UserUri">The address of that user.</param>
/// <remarks>
/// <c>{"messageType":"ChannelStateChangeMessageV2","channels":[{"channel":"chat","dndState":"Off","userState":{…}}]}</c>; whoever
/// is responsible for the user gets it with <c>"userId":"7c1e…","userUri":"…/api/v2/users/7c1e…"</c>.
/// Source: AgentStateControlReady.
/// </remarks>
internal sealed record ChannelStateChangeMessage(
    ImmutableArray<ChannelResource> Channels, string? UserId = null, string? UserUri = null)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "ChannelStateChangeMessageV2";

    /// <summary>The message as it is told about somebody else.</summary>
    public ChannelStateChangeMessage About(AgentId user, Links links) =>
        this with { UserId = user.Value, UserUri = links.Uri(Links.PathOfUser(user)) };
}
