namespace Parley.Chats;

/// <summary>Why the customer's session ended; the numbers are those of <c>quit-reason-code</c>.</summary>
/// <remarks>Source: eServices Chat, "Reason Codes".</remarks>
public enum QuitReason
{
    Left = 0,
    WentSilent = 3,
    ClosedByAgent = 4,
    Idle = 7,
}

/// <summary>Why a chat was taken away from an agent.</summary>
public enum RevokeReason
{
    NoAnswer,
    CustomerLeft,
    NotReady,
    LoggedOut,

    /// <summary>Whoever asked for help no longer wants it.</summary>
    Withdrawn,

    /// <summary>The owner finished the interaction.</summary>
    Finished,

    /// <summary>The chat went back to, or on to, a queue.</summary>
    Requeued,

    /// <summary>A supervisor gave the chat to somebody else.</summary>
    Reassigned,
}
