using System.Collections.Immutable;
using Parley.Chats.Operations;

namespace Parley.Chats;

/// <summary>What an agent may do with a chat now, asked of the operations themselves.</summary>
public static class Capabilities
{
    private static readonly TransferTarget Anybody = new TransferTarget.User(default);

    private static readonly Listed[] All =
    [
        new(a => new Accept(a, ""), nameof(Accept)),
        new(a => new Reject(a), nameof(Reject)),
        new(a => new Transfer(a, Anybody, default), nameof(Transfer)),
        new(a => new Complete(a), nameof(Complete)),
        new(a => new Leave(a), nameof(Leave)),
        new(a => new LeaveAndComplete(a), nameof(LeaveAndComplete)),
        new(a => new Invite(a, Anybody, default), nameof(Invite)),
        new(a => new Consult(a, Anybody, default), nameof(Consult)),
        new(a => new RemoveParticipantFromConference(a, default), nameof(RemoveParticipantFromConference)),
        // Quirk 8: older pages call it InFocus, later ones SetInFocus; desktops look for either.
        new(a => new SetInFocus(a), "InFocus", nameof(SetInFocus)),
        new(a => new SetDisposition(a, ""), nameof(SetDisposition)),
        new(a => new AttachUserData(a, UserDataRules.Empty), nameof(AttachUserData)),
        new(a => new DeleteUserData(a, []), nameof(DeleteUserData)),
        new(a => new UpdateUserData(a, UserDataRules.Empty), nameof(UpdateUserData)),
        new(a => new SendMessage(a, ""), nameof(SendMessage)),
        new(a => new SendStartTypingNotification(a), nameof(SendStartTypingNotification)),
        new(a => new SendStopTypingNotification(a), nameof(SendStopTypingNotification)),
        new(a => new SendUrl(a, ""), nameof(SendUrl)),
        new(a => new SendCustomNotice(a, ""), nameof(SendCustomNotice)),
        new(a => new SendToAgents(a, ""), nameof(SendToAgents)),
        new(a => new SendStartTypingToAgentsNotification(a), nameof(SendStartTypingToAgentsNotification)),
        new(a => new SendStopTypingToAgentsNotification(a), nameof(SendStopTypingToAgentsNotification)),
        new(a => new SendCustomNoticeToAgents(a, ""), nameof(SendCustomNoticeToAgents)),
        new(a => new SwitchToMonitor(a), nameof(SwitchToMonitor)),
        new(a => new SwitchToCoach(a), nameof(SwitchToCoach)),
        // Quirk 9: samples list the one without "To", the page of the operation has the other.
        new(a => new SwitchToBargeIn(a), nameof(SwitchToBargeIn), "SwitchBargeIn"),
    ];

    /// <summary>What the first release calls by other names, or has alone.</summary>
    private static readonly Listed[] Older =
    [
        new(a => new SendStartTypingNotification(a), "SendNotification"),
        new(a => new Complete(a), "StopProcessing"),
        new(a => new RequestChatHistory(a), nameof(RequestChatHistory)),
        new(a => new Consult(a, Anybody, default), "InitiateConsultation"),
        new(a => new CompleteTransfer(a), nameof(CompleteTransfer)),
        new(a => new CompleteConference(a), nameof(CompleteConference)),
    ];

    /// <summary>The names, in a stable order without meaning; empty when the agent is not, or no longer, on the chat.</summary>
    public static ImmutableArray<string> Of(Chat chat, AgentId agent) =>
        Offered(All, chat, agent);

    /// <summary>The same with the names of the first release behind them.</summary>
    public static ImmutableArray<string> WithOlderNames(Chat chat, AgentId agent) =>
        [.. Of(chat, agent), .. Offered(Older, chat, agent)];

    private static ImmutableArray<string> Offered(Listed[] among, Chat chat, AgentId agent) =>
        chat.Part(agent) is { IsOver: false } part
            ? [.. among.Where(o => IsOffered(o.Operation(agent), chat, part)).SelectMany(o => o.Names)]
            : [];

    private static bool IsOffered(AgentOperation operation, Chat chat, AgentPart part) =>
        operation.MayDo(chat, part) && operation.IsListed(chat);

    private sealed record Listed(Func<AgentId, AgentOperation> Operation, params string[] Names);
}
