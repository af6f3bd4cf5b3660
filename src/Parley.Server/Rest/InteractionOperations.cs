using System.Collections.Frozen;
using Parley.Chats.Operations;
using Parley.Server.Accounts;

namespace Parley.Server.Rest;

/// <summary>The operations of the first release by name, beside which all of today's are understood.</summary>
/// <remarks>Source: "Interactions On Chat Channel"; the other names are from "InteractionsOnChat" of 8.5.1.</remarks>
internal sealed class InteractionOperations(ChatOperations current, ChatParameters read, TransferTargets targets)
{
    private static readonly FrozenDictionary<string, Reader> Readers = new Dictionary<string, Reader>(StringComparer.Ordinal)
    {
        ["SendNotification"] = (_, me, body) => Typing(me, body),
        [nameof(RequestChatHistory)] = (_, me, body) => new RequestChatHistory(me.Id, body.Number("eventId") ?? 1),
        [nameof(Transfer)] = (o, me, body) => o.Transfer(me, body),
        ["SingleStepTransfer"] = (o, me, body) => o.Transfer(me, body),
        ["StopProcessing"] = (_, me, _) => new Complete(me.Id),

        // Quirk 6: the page's table, its heading and its sample each have a name of their own.
        ["InitiateConsulation"] = (o, me, body) => o.Consult(me, body),
        ["InitiateConsultation"] = (o, me, body) => o.Consult(me, body),
        ["StartChatConsultation"] = (o, me, body) => o.Consult(me, body),

        [nameof(CompleteTransfer)] = (_, me, _) => new CompleteTransfer(me.Id),
        [nameof(CompleteConference)] = (_, me, _) => new CompleteConference(me.Id),
        [nameof(LeaveChatConsultation)] = (_, me, _) => new LeaveChatConsultation(me.Id),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> AnsweredTwice = new[]
    {
        nameof(Reject), "InitiateConsulation", "InitiateConsultation", "StartChatConsultation",
        nameof(CompleteTransfer), nameof(CompleteConference), nameof(LeaveChatConsultation),
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly ChatParameters read = read;
    private readonly TransferTargets targets = targets;

    private delegate AgentOperation Reader(InteractionOperations operations, SignedInUser me, RequestBody body);

    /// <summary>Whether answers to the operation say their number as <c>status</c> too, as its page does (Quirk 4).</summary>
    public static bool IsAnsweredTwice(string? name) => name is not null && AnsweredTwice.Contains(name);

    /// <summary>The operation that the body asks for, or why there is none.</summary>
    public (AgentOperation? Operation, Rejection? Refused) Read(SignedInUser me, RequestBody body) => ChatOperations.Read(
        me, body,
        name => Readers.TryGetValue(name, out var reader) ? (who, what) => reader(this, who, what) : current.Find(name));

    // Quirk 5: the page spells the parameter "notifcation".
    private static AgentOperation Typing(SignedInUser me, RequestBody body)
    {
        var (name, value) = body.Text("notification") is { Length: > 0 } right
            ? ("notification", right)
            : ("notifcation", body.Text("notifcation"));
        if (value == "TypingStopped") return new SendStopTypingNotification(me.Id);
        if (string.IsNullOrEmpty(value)) body.Refuse(Reason.ParameterMissing, "Parameter 'notification' is required.");
        else if (value != "TypingStarted")
            body.Refuse(Reason.InvalidInState, $"Parameter '{name}' must be 'TypingStarted' or 'TypingStopped'.");
        return new SendStartTypingNotification(me.Id);
    }

    private Transfer Transfer(SignedInUser me, RequestBody body)
    {
        var target = body.Text("agentId") is { Length: > 0 } ? targets.OfId(body, "agentId") : targets.Any(body);
        return new Transfer(me.Id, target, targets.Until, read.Farewell(body));
    }

    private Consult Consult(SignedInUser me, RequestBody body) =>
        new(me.Id, targets.OfId(body, "agentId"), targets.Until);
}
