namespace Parley.Server.Tests.Samples;

/// <summary>The capability lists that samples repeat, as JSON.</summary>
internal static class Lists
{
    /// <summary>Chatting, with nobody else whom the agent may notice.</summary>
    public const string Alone = $"[{AloneInside}]";

    /// <summary>Chatting, with another agent.</summary>
    public const string InCompany = $"""
        [{AloneInside}, "SendToAgents", "SendStartTypingToAgentsNotification", "SendStopTypingToAgentsNotification",
         "SendCustomNoticeToAgents", "RemoveParticipantFromConference"]
        """;

    /// <summary>After the session.</summary>
    public const string Left = """
        ["Transfer", "Complete", "Leave", "InFocus", "SetInFocus", "SetDisposition", "AttachUserData", "DeleteUserData",
         "UpdateUserData"]
        """;

    private const string AloneInside = """
        "Transfer", "Leave", "LeaveAndComplete", "Invite", "Consult", "SetInFocus", "InFocus", "SetDisposition", "AttachUserData",
        "DeleteUserData", "UpdateUserData", "Complete", "SendMessage", "SendStartTypingNotification",
        "SendStopTypingNotification", "SendUrl", "SendCustomNotice"
        """;
}
