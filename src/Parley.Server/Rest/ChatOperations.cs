using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>The agent's operations by name, read from the body of a request.</summary>
/// <remarks>
/// A parameter that is missing or wrong makes a <see cref="Flawed"/> operation: whether it would have been possible at all is
/// looked at first, so that nobody learns anything about a chat that is not theirs.
/// </remarks>
internal sealed class ChatOperations(ContactCenter center, ChatsOptions options)
{
    private static readonly FrozenDictionary<string, Func<ChatOperations, SignedInUser, RequestBody, AgentOperation>> Readers =
        new Dictionary<string, Func<ChatOperations, SignedInUser, RequestBody, AgentOperation>>(StringComparer.Ordinal)
        {
            [nameof(Accept)] = (o, me, body) => new Accept(me.Id, o.Nickname(me, body), SaveLar(body)),
            [nameof(Reject)] = (_, me, _) => new Reject(me.Id),
            [nameof(SendMessage)] = (o, me, body) => o.Message(me, body),
            ["Send"] = (o, me, body) => o.Message(me, body),
            [nameof(SendStartTypingNotification)] = (_, me, _) => new SendStartTypingNotification(me.Id),
            [nameof(SendStopTypingNotification)] = (_, me, _) => new SendStopTypingNotification(me.Id),
            [nameof(Leave)] = (o, me, body) => new Leave(me.Id, o.Farewell(body)),
            ["EndChatSession"] = (o, me, body) => new Leave(me.Id, o.Farewell(body)),
            ["LeaveConference"] = (o, me, body) => new Leave(me.Id, o.Farewell(body)),
            [nameof(LeaveAndComplete)] = (o, me, body) => new LeaveAndComplete(
                me.Id, o.Queue(body), SaveLar(body), o.Farewell(body)),
            [nameof(Complete)] = (o, me, body) => new Complete(me.Id, o.Queue(body), SaveLar(body), o.Farewell(body)),
            // Quirk 8: both spellings are in use
            [nameof(SetInFocus)] = (_, me, body) => InFocus(me, body),
            ["InFocus"] = (_, me, body) => InFocus(me, body),
            [nameof(SetDisposition)] = (o, me, body) => new SetDisposition(
                me.Id, o.Name(body, "disposition"), o.DispositionKey(body)),
            [nameof(AttachUserData)] = (o, me, body) => new AttachUserData(me.Id, o.UserData(body)),
            [nameof(UpdateUserData)] = (o, me, body) => new UpdateUserData(me.Id, o.UserData(body)),
            [nameof(DeleteUserData)] = (o, me, body) => new DeleteUserData(me.Id, o.Keys(body)),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The operation that the body asks for, or why there is none.</summary>
    public (AgentOperation? Operation, Rejection? Refused) Read(SignedInUser me, RequestBody body)
    {
        var name = body.RequiredText("operationName");
        if (body.Refused is { } unnamed) return (null, unnamed);
        if (!Readers.TryGetValue(name, out var read))
            return (null, new Rejection(Reason.InvalidInState, "The value of 'operationName' is not an operation of a chat."));
        var operation = read(this, me, body);
        return (body.Refused is { } flaw ? new Flawed(operation, flaw) : operation, null);
    }

    private SendMessage Message(SignedInUser me, RequestBody body)
    {
        var text = body.RequiredText("text");
        var (messageType, treatAs) = Label(body, text);
        return new SendMessage(me.Id, WithinLimit(body, text), messageType, treatAs);
    }

    private Farewell? Farewell(RequestBody body)
    {
        var text = body.Text("text");
        var (messageType, treatAs) = Label(body, text);
        return string.IsNullOrEmpty(text) ? null : new Farewell(WithinLimit(body, text), messageType, treatAs);
    }

    private string WithinLimit(RequestBody body, string text)
    {
        if (text.Length > options.MaxMessageLength)
            body.Refuse(Reason.InvalidInState, $"Parameter 'text' is longer than {options.MaxMessageLength} characters.");
        return text;
    }

    private (string? MessageType, TreatAs TreatAs) Label(RequestBody body, string? text)
    {
        var messageType = body.BoundedText("messageType", options.MaxNameLength);
        var treatAs = body.Text("treatAs");
        if (string.IsNullOrEmpty(text) && (messageType is not null || treatAs is not null))
            body.Refuse(Reason.ParameterMissing, "Parameter 'text' is required with 'messageType' and 'treatAs'.");
        if (treatAs is not (null or nameof(TreatAs.Normal) or nameof(TreatAs.System)))
            body.Refuse(Reason.InvalidInState, "Parameter 'treatAs' must be 'Normal' or 'System'.");
        return (messageType, treatAs == nameof(TreatAs.System) ? TreatAs.System : TreatAs.Normal);
    }

    private QueueName? Queue(RequestBody body)
    {
        if (body.Text("queueName") is not { } name) return null;
        if (center.Queues.ByName(name) is { } queue) return queue.QueueName;
        body.Refuse(Reason.NotFound, "The queue of parameter 'queueName' was not found.");
        return null;
    }

    private string Nickname(SignedInUser me, RequestBody body)
    {
        var nickname = body.BoundedText("nickname", options.MaxNameLength)?.Trim();
        if (string.IsNullOrEmpty(nickname)) return Nicknames.Of(me.User);
        if (Nicknames.IsReserved(nickname) || nickname.Any(char.IsControl))
            body.Refuse(Reason.InvalidInState, "Parameter 'nickname' is a name that nobody can have.");
        return nickname;
    }

    private static SaveLastAgent SaveLar(RequestBody body) =>
        body.Switch("saveLAR") == true ? SaveLastAgent.Yes : SaveLastAgent.No;

    private static SetInFocus InFocus(SignedInUser me, RequestBody body) =>
        new(me.Id, body.Switch("inFocus") == false ? Focus.Elsewhere : Focus.Here);

    private string DispositionKey(RequestBody body) =>
        body.BoundedText("dispositionKey", options.MaxNameLength) is { Length: > 0 } key ? key : options.DefaultDispositionKey;

    private string Name(RequestBody body, string parameter)
    {
        var text = body.RequiredText(parameter);
        return body.BoundedText(parameter, options.MaxNameLength) ?? text;
    }

    private ImmutableArray<string> Keys(RequestBody body)
    {
        var keys = body.Texts("keys") ?? [];
        if (keys.Count == 0) body.Refuse(Reason.ParameterMissing, "Parameter 'keys' is required.");
        if (keys.Count > UserDataRules.MaxPairs || keys.Any(k => k.Length > options.MaxNameLength))
            body.Refuse(
                Reason.InvalidInState,
                $"Parameter 'keys' has more than {UserDataRules.MaxPairs} keys, or one longer than {options.MaxNameLength}.");
        return [.. keys];
    }

    private ImmutableSortedDictionary<string, DataValue> UserData(RequestBody body)
    {
        var pairs = UserDataRules.Empty.ToBuilder();
        foreach (var pair in body.Object("userData")?.EnumerateObject() ?? default)
        {
            if (pair.Name.Length == 0 || pair.Name.Length > options.MaxNameLength)
                body.Refuse(Reason.InvalidInState, $"A key of 'userData' must have 1 to {options.MaxNameLength} characters.");
            else if (ValueOf(pair.Value) is { } value && value.Written.Length <= options.MaxUserDataValueLength)
                pairs[pair.Name] = value;
            else body.Refuse(Reason.InvalidInState,
                "A value of 'userData' must be text, number, true, false or null, "
                + $"of at most {options.MaxUserDataValueLength} characters.");
        }
        if (pairs.Count == 0) body.Refuse(Reason.ParameterMissing, "Parameter 'userData' is required.");
        return pairs.ToImmutable();
    }

    private static DataValue? ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => DataValue.Of(value.GetString()!),
        // what overflows elsewhere is kept out here
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) =>
            DataValue.Number(value.GetRawText()),
        JsonValueKind.True => DataValue.Of(true),
        JsonValueKind.False => DataValue.Of(false),
        JsonValueKind.Null => DataValue.Null,
        _ => null,
    };
}
