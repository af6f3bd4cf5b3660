using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Chats;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>Something about a chat changed, as the first release tells it.</summary>
/// <param name="NotificationType">What changed.</param>
/// <param name="Id">The chat's id.</param>
/// <param name="Channel">The medium: <c>chat</c>.</param>
/// <param name="State">The chat's state for this agent.</param>
/// <param name="Capabilities">The operations that are possible now, in the names of both releases.</param>
/// <param name="UserData">What is kept with the chat.</param>
/// <param name="Interaction">The whole once more.</param>
/// <param name="ReferenceId">The number of the request that caused it, for who made the request.</param>
/// <param name="ErrorMessage">Why something that was asked for did not come about.</param>
/// <remarks>
/// <c>{"messageType":"InteractionStateMessage","messageTypeName":"InteractionStateMessage","notificationType":"StatusChange",
/// "id":"0007Qa4KX9TM002C","channel":"chat","state":"Invited","capabilities":["Accept","Reject"],"userData":{},
/// "interaction":{…}}</c>: the properties where 8.5.0 has them and the whole where 8.5.1 has it (Quirk 33);
/// <c>notificationType</c>, <c>referenceId</c> and <c>errorMessage</c> as in a <see cref="ChatStateChangeMessage"/>.
/// Source: InteractionsNotifications.
/// </remarks>
internal sealed record InteractionStateMessage(
    string NotificationType, string Id, string Channel, AgentChatState State, ImmutableArray<string> Capabilities,
    ImmutableSortedDictionary<string, DataValue>? UserData, InteractionResource Interaction, int? ReferenceId,
    string? ErrorMessage)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = nameof(InteractionStateMessage);

    /// <summary>The same under its older name.</summary>
    [JsonPropertyOrder(-1)]
    public string MessageTypeName { get; } = nameof(InteractionStateMessage);

    public static InteractionStateMessage Of(ChatChange change, InteractionResource now) => new(
        change.Type, now.Id, now.Channel, now.State, now.Capabilities, now.UserData, now, change.ReferenceId, change.Error);
}
