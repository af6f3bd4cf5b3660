using System.Collections.Frozen;
using Parley.Chats.Operations;
using Parley.Server.Accounts;

namespace Parley.Server.Rest;

/// <summary>The agent's operations by name, read from the body of a request.</summary>
/// <remarks>
/// A parameter that is missing or wrong makes a <see cref="Flawed"/> operation: whether it would have been possible at all is
/// looked at first, so that nobody learns anything about a chat that is not theirs.
/// </remarks>
internal sealed class ChatOperations(ChatParameters read, TransferTargets targets, ChatsOptions options)
{
    private static readonly FrozenDictionary<string, Reader> Readers = new Dictionary<string, Reader>(StringComparer.Ordinal)
    {
        [nameof(Accept)] = (o, me, body) => new Accept(me.Id, o.read.Nickname(me, body), ChatParameters.SaveLar(body)),
        [nameof(Reject)] = (_, me, _) => new Reject(me.Id),

        [nameof(SendMessage)] = (o, me, body) => o.Message(me, body),
        [nameof(SendToAgents)] = (o, me, body) => o.MessageToAgents(me, body),
        [nameof(SendStartTypingNotification)] = (_, me, _) => new SendStartTypingNotification(me.Id),
        [nameof(SendStopTypingNotification)] = (_, me, _) => new SendStopTypingNotification(me.Id),
        [nameof(SendStartTypingToAgentsNotification)] = (_, me, _) => new SendStartTypingToAgentsNotification(me.Id),
        [nameof(SendStopTypingToAgentsNotification)] = (_, me, _) => new SendStopTypingToAgentsNotification(me.Id),
        [nameof(SendUrl)] = (o, me, body) => new SendUrl(me.Id, o.read.Url(body)),
        [nameof(SendCustomNotice)] = (o, me, body) => new SendCustomNotice(me.Id, o.read.Notice(body)),
        [nameof(SendCustomNoticeToAgents)] = (o, me, body) => new SendCustomNoticeToAgents(me.Id, o.read.Notice(body)),

        [nameof(Transfer)] = (o, me, body) =>
            new Transfer(me.Id, o.targets.Any(body), o.targets.Until, o.read.Farewell(body)),
        [nameof(Consult)] = (o, me, body) => new Consult(me.Id, o.targets.Help(body), o.targets.Until),
        [nameof(Invite)] = (o, me, body) => new Invite(me.Id, o.targets.Help(body), o.targets.Until),
        [nameof(RemoveParticipantFromConference)] = (o, me, body) => new RemoveParticipantFromConference(
            me.Id, o.targets.User(body), o.read.Farewell(body),
            o.options.LegacyRemoveNotice ? LegacyNotice.On : LegacyNotice.Off),

        [nameof(Leave)] = (o, me, body) => new Leave(me.Id, o.read.Farewell(body)),
        [nameof(LeaveAndComplete)] = (o, me, body) => new LeaveAndComplete(
            me.Id, o.read.Queue(body), ChatParameters.SaveLar(body), o.read.Farewell(body)),
        [nameof(Complete)] = (o, me, body) => new Complete(
            me.Id, o.read.Queue(body), ChatParameters.SaveLar(body), o.read.Farewell(body)),

        [nameof(SetInFocus)] = (_, me, body) =>
            new SetInFocus(me.Id, body.Switch("inFocus") == false ? Focus.Elsewhere : Focus.Here),
        [nameof(SetDisposition)] = (o, me, body) => new SetDisposition(
            me.Id, o.read.Name(body, "disposition"), o.read.DispositionKey(body)),
        [nameof(AttachUserData)] = (o, me, body) => new AttachUserData(me.Id, o.read.UserData(body)),
        [nameof(UpdateUserData)] = (o, me, body) => new UpdateUserData(me.Id, o.read.UserData(body)),
        [nameof(DeleteUserData)] = (o, me, body) => new DeleteUserData(me.Id, o.read.Keys(body)),

        [nameof(SwitchToMonitor)] = (_, me, _) => new SwitchToMonitor(me.Id),
        [nameof(SwitchToCoach)] = (_, me, _) => new SwitchToCoach(me.Id),
        [nameof(SwitchToBargeIn)] = (_, me, _) => new SwitchToBargeIn(me.Id),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Other names that published pages and samples use for the same (Quirks 8 to 12).</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Send"] = nameof(SendMessage),
        ["SendStartTypingToAgentNotification"] = nameof(SendStartTypingToAgentsNotification),
        ["SendStopTypingToAgentNotification"] = nameof(SendStopTypingToAgentsNotification),
        ["SendURL"] = nameof(SendUrl),
        ["PushUrl"] = nameof(SendUrl),
        ["SingleStepTransfer"] = nameof(Transfer),
        ["InviteUser"] = nameof(Invite),
        ["EndChatSession"] = nameof(Leave),
        ["LeaveConference"] = nameof(Leave),
        ["InFocus"] = nameof(SetInFocus),
        ["SwitchBargeIn"] = nameof(SwitchToBargeIn),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ChatParameters read = read;
    private readonly TransferTargets targets = targets;
    private readonly ChatsOptions options = options;

    private delegate AgentOperation Reader(ChatOperations operations, SignedInUser me, RequestBody body);

    /// <summary>Every name that is understood.</summary>
    public static IEnumerable<string> Names => Readers.Keys.Concat(Aliases.Keys);

    /// <summary>The operation that the body asks for, or why there is none.</summary>
    public (AgentOperation? Operation, Rejection? Refused) Read(SignedInUser me, RequestBody body)
    {
        var name = body.RequiredText("operationName");
        if (body.Refused is { } unnamed) return (null, unnamed);
        if (!Readers.TryGetValue(Aliases.GetValueOrDefault(name, name), out var reader))
            return (null, new Rejection(Reason.InvalidInState, "The value of 'operationName' is not an operation of a chat."));
        var operation = reader(this, me, body);
        return (body.Refused is { } flaw ? new Flawed(operation, flaw) : operation, null);
    }

    private SendMessage Message(SignedInUser me, RequestBody body)
    {
        var (text, messageType, treatAs) = read.Message(body);
        return new SendMessage(me.Id, text, messageType, treatAs);
    }

    private SendToAgents MessageToAgents(SignedInUser me, RequestBody body)
    {
        var (text, messageType, treatAs) = read.Message(body);
        return new SendToAgents(me.Id, text, messageType, treatAs);
    }
}
