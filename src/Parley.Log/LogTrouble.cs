namespace Parley.Log;

/// <summary>What keeps a log from taking or giving events, as far as anybody may know.</summary>
public enum LogTrouble
{
    /// <summary>Something else; the message of the exception says what.</summary>
    Other,

    /// <summary>As many appends wait for the store as may wait; it works.</summary>
    TooManyWaiting,

    /// <summary>There is no room: the disk, or what the store may use of it, is full.</summary>
    StoreFull,

    /// <summary>The store can be read and not written.</summary>
    ReadOnly,

    /// <summary>What is stored is damaged.</summary>
    Damaged,

    /// <summary>Somebody else holds the store, or it does not answer.</summary>
    Unreachable,
}
