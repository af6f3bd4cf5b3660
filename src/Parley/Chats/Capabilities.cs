using System.Collections.Immutable;
using Parley.Chats.Operations;

namespace Parley.Chats;

/// <summary>What an agent may do with a chat now, asked of the operations themselves.</summary>
public static class Capabilities
{
    private static readonly Listed[] All =
    [
        new(a => new Accept(a, ""), nameof(Accept)),
        new(a => new Reject(a), nameof(Reject)),
        new(a => new Complete(a), nameof(Complete)),
        new(a => new Leave(a), nameof(Leave)),
        new(a => new LeaveAndComplete(a), nameof(LeaveAndComplete)),
        // Quirk 8: older pages call it InFocus, later ones SetInFocus; desktops look for either.
        new(a => new SetInFocus(a), "InFocus", nameof(SetInFocus)),
        new(a => new SetDisposition(a, ""), nameof(SetDisposition)),
        new(a => new AttachUserData(a, UserDataRules.Empty), nameof(AttachUserData)),
        new(a => new DeleteUserData(a, []), nameof(DeleteUserData)),
        new(a => new UpdateUserData(a, UserDataRules.Empty), nameof(UpdateUserData)),
        new(a => new SendMessage(a, ""), nameof(SendMessage)),
        new(a => new SendStartTypingNotification(a), nameof(SendStartTypingNotification)),
        new(a => new SendStopTypingNotification(a), nameof(SendStopTypingNotification)),
    ];

    /// <summary>The names, in a stable order without meaning; empty when the agent is not, or no longer, on the chat.</summary>
    public static ImmutableArray<string> Of(Chat chat, AgentId agent) =>
        chat.Part(agent) is { IsOver: false }
            ? [.. All.Where(o => o.Operation(agent).IsOpen(chat)).SelectMany(o => o.Names)]
            : [];

    private sealed record Listed(Func<AgentId, AgentOperation> Operation, params string[] Names);
}
