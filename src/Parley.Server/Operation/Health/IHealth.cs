namespace Parley.Server.Operation.Health;

/// <summary>A part of the server that may be unable to work; registered by whoever has one.</summary>
internal interface IHealth
{
    /// <summary>The part in one word, for programs.</summary>
    string Part { get; }

    /// <summary>Whether the server had better be sent nothing while the part cannot work.</summary>
    bool IsVital => true;

    /// <summary>
    /// Why the part cannot work now, <see cref="Reason.Unavailable"/>; null if it can. Anybody may read it: it says nothing of
    /// chats, and neither paths nor addresses.
    /// </summary>
    Rejection? Problem();
}
