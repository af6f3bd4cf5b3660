using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Agents;
using Parley.Chats;
using Parley.Contacts;

namespace Parley.Log.Events;

/// <summary>The JSON shapes of stored events.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(ChatIdJson), typeof(AgentIdJson), typeof(ContactIdJson), typeof(QueueNameJson), typeof(MediaChannelJson),
        typeof(DataValueJson),
    ])]
[JsonSerializable(typeof(ChatRequested))]
[JsonSerializable(typeof(CustomerJoined))]
[JsonSerializable(typeof(CustomerSaid))]
[JsonSerializable(typeof(CustomerStartedTyping))]
[JsonSerializable(typeof(CustomerStoppedTyping))]
[JsonSerializable(typeof(CustomerPushedUrl))]
[JsonSerializable(typeof(CustomerSentCustomNotice))]
[JsonSerializable(typeof(CustomerRenamed))]
[JsonSerializable(typeof(CustomerRead))]
[JsonSerializable(typeof(TranscriptDelivered))]
[JsonSerializable(typeof(FileAdded))]
[JsonSerializable(typeof(FileRemoved))]
[JsonSerializable(typeof(FileFetched))]
[JsonSerializable(typeof(SystemSaid))]
[JsonSerializable(typeof(PositionTold))]
[JsonSerializable(typeof(IdleWarned))]
[JsonSerializable(typeof(IdleEnded))]
[JsonSerializable(typeof(IdleTimerCancelled))]
[JsonSerializable(typeof(CustomerLeft))]
[JsonSerializable(typeof(AgentInvited))]
[JsonSerializable(typeof(AgentRejected))]
[JsonSerializable(typeof(AskedInVain))]
[JsonSerializable(typeof(AgentRevoked))]
[JsonSerializable(typeof(AgentJoined))]
[JsonSerializable(typeof(AgentJoinFailed))]
[JsonSerializable(typeof(AgentRoleChanged))]
[JsonSerializable(typeof(AgentSaid))]
[JsonSerializable(typeof(AgentStartedTyping))]
[JsonSerializable(typeof(AgentStoppedTyping))]
[JsonSerializable(typeof(AgentPushedUrl))]
[JsonSerializable(typeof(AgentSentCustomNotice))]
[JsonSerializable(typeof(AgentNoticed))]
[JsonSerializable(typeof(HistoryRequested))]
[JsonSerializable(typeof(AgentLeft))]
[JsonSerializable(typeof(AgentCompleted))]
[JsonSerializable(typeof(AgentFocused))]
[JsonSerializable(typeof(UserDataChanged))]
[JsonSerializable(typeof(DispositionSet))]
[JsonSerializable(typeof(LastAgentSaved))]
[JsonSerializable(typeof(ChatQueued))]
[JsonSerializable(typeof(ChatEnded))]
[JsonSerializable(typeof(AgentSessionStarted))]
[JsonSerializable(typeof(ChannelChanged))]
[JsonSerializable(typeof(ChatTaken))]
[JsonSerializable(typeof(ChatAttended))]
[JsonSerializable(typeof(ChatReleased))]
[JsonSerializable(typeof(SupervisionStarted))]
[JsonSerializable(typeof(SupervisionEnded))]
[JsonSerializable(typeof(SignedOut))]
[JsonSerializable(typeof(AgentSessionEnded))]
[JsonSerializable(typeof(ContactCreated))]
[JsonSerializable(typeof(LastAgentKept))]
[JsonSerializable(typeof(ContactKeyClaimed))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>A one-word value stored as the word itself.</summary>
internal abstract class WordJson<T> : JsonConverter<T>
{
    protected abstract T Of(string word);

    protected abstract string Word(T value);

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Of(reader.GetString() ?? throw new JsonException());

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Word(value));
}

internal sealed class ChatIdJson : WordJson<ChatId>
{
    protected override ChatId Of(string word) => new(word);

    protected override string Word(ChatId value) => value.Value;
}

internal sealed class AgentIdJson : WordJson<AgentId>
{
    protected override AgentId Of(string word) => new(word);

    protected override string Word(AgentId value) => value.Value;
}

internal sealed class ContactIdJson : WordJson<ContactId>
{
    protected override ContactId Of(string word) => new(word);

    protected override string Word(ContactId value) => value.Value;
}

internal sealed class QueueNameJson : WordJson<QueueName>
{
    protected override QueueName Of(string word) => new(word);

    protected override string Word(QueueName value) => value.Value;
}

internal sealed class MediaChannelJson : WordJson<MediaChannel>
{
    protected override MediaChannel Of(string word) => new(word);

    protected override string Word(MediaChannel value) => value.Name;
}

/// <summary>A value of user data as the JSON value it was sent as, in the log and on the wire.</summary>
public sealed class DataValueJson : JsonConverter<DataValue>
{
    public override bool HandleNull => true;

    public override DataValue Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => DataValue.Of(reader.GetString()!),
        JsonTokenType.True => DataValue.Of(true),
        JsonTokenType.False => DataValue.Of(false),
        JsonTokenType.Number => DataValue.Number(System.Text.Encoding.ASCII.GetString(reader.ValueSpan)),
        JsonTokenType.Null => DataValue.Null,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, DataValue value, JsonSerializerOptions options)
    {
        if (value.Kind == DataKind.Null) writer.WriteNullValue();
        else if (value.Kind == DataKind.Text) writer.WriteStringValue(value.Written);
        else writer.WriteRawValue(value.Written);
    }
}
