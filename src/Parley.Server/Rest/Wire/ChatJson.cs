using System.Text.Json.Serialization;
using Parley.Log.Events;
using Parley.Server.Notifications;

namespace Parley.Server.Rest.Wire;

/// <summary>The JSON of chats, channels and what is pushed about them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(DataValueJson)])]
[JsonSerializable(typeof(ChatResource))]
[JsonSerializable(typeof(MessageResource))]
[JsonSerializable(typeof(ChannelResource))]
[JsonSerializable(typeof(IReadOnlyList<ChannelResource>))]
[JsonSerializable(typeof(ChatStateChangeMessage))]
[JsonSerializable(typeof(MessageLogUpdated))]
[JsonSerializable(typeof(InteractionResource))]
[JsonSerializable(typeof(InteractionStateMessage))]
[JsonSerializable(typeof(ChannelStateChangeMessage))]
[JsonSerializable(typeof(PastInteractionResource))]
[JsonSerializable(typeof(GetInteractionsHistoryMessage))]
[JsonSerializable(typeof(GetInteractionContentMessage))]
internal sealed partial class ChatJson : JsonSerializerContext;
