using System.Collections.Immutable;
using System.Text.Json;
using Parley.Chats;
using Parley.Chats.Operations;
using Parley.Server.Accounts;
using Parley.Server.Customers;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest;

/// <summary>The parameters of operations on chats, read from a body; one that is missing or wrong refuses the body.</summary>
internal sealed class ChatParameters(ContactCenter center, ChatsOptions options)
{
    /// <summary>The text that a message must have, with its label.</summary>
    public (string Text, string? MessageType, TreatAs TreatAs) Message(RequestBody body)
    {
        var text = body.RequiredText("text");
        var (messageType, treatAs) = Label(body, text);
        return (WithinLimit(body, text), messageType, treatAs);
    }

    /// <summary>The text of a notice, which must be there.</summary>
    public string Notice(RequestBody body)
    {
        var text = body.RequiredText("noticeText");
        if (text.Length > options.MaxMessageLength)
            body.Refuse(Reason.InvalidInState, $"Parameter 'noticeText' is longer than {options.MaxMessageLength} characters.");
        return text;
    }

    /// <summary>A link for browsers: what is neither http nor https could run in the customer's page.</summary>
    public string Url(RequestBody body)
    {
        var url = body.RequiredText("url");
        if (url.Length > options.MaxUrlLength)
            body.Refuse(Reason.InvalidInState, $"Parameter 'url' is longer than {options.MaxUrlLength} characters.");
        else if (url.Length > 0 && !WebAddress.IsForBrowsers(url))
            body.Refuse(Reason.InvalidInState, "Parameter 'url' must be an absolute http or https address.");
        return url;
    }

    public Farewell? Farewell(RequestBody body)
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

    public QueueName? Queue(RequestBody body)
    {
        if (body.Text("queueName") is not { } name) return null;
        if (center.Queues.ByName(name) is { } queue) return queue.QueueName;
        body.Refuse(Reason.NotFound, "The queue of parameter 'queueName' was not found.");
        return null;
    }

    public string Nickname(SignedInUser me, RequestBody body)
    {
        var nickname = body.BoundedText("nickname", options.MaxNameLength)?.Trim();
        if (string.IsNullOrEmpty(nickname)) return Nicknames.Of(me.User);
        if (Nicknames.IsReserved(nickname) || nickname.Any(char.IsControl))
            body.Refuse(Reason.InvalidInState, "Parameter 'nickname' is a name that nobody can have.");
        return nickname;
    }

    public static SaveLastAgent SaveLar(RequestBody body) =>
        body.Switch("saveLAR") == true ? SaveLastAgent.Yes : SaveLastAgent.No;

    public string DispositionKey(RequestBody body) =>
        body.BoundedText("dispositionKey", options.MaxNameLength) is { Length: > 0 } key ? key : options.DefaultDispositionKey;

    public string Name(RequestBody body, string parameter)
    {
        var text = body.RequiredText(parameter);
        return body.BoundedText(parameter, options.MaxNameLength) ?? text;
    }

    public ImmutableArray<string> Keys(RequestBody body)
    {
        var keys = body.Texts("keys") ?? [];
        if (keys.Count == 0) body.Refuse(Reason.ParameterMissing, "Parameter 'keys' is required.");
        if (keys.Count > UserDataRules.MaxPairs || keys.Any(k => k.Length > options.MaxNameLength))
            body.Refuse(
                Reason.InvalidInState,
                $"Parameter 'keys' has more than {UserDataRules.MaxPairs} keys, or one longer than {options.MaxNameLength}.");
        return [.. keys];
    }

    public ImmutableSortedDictionary<string, DataValue> UserData(RequestBody body)
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
