namespace Parley.Server.Operation.Overload;

/// <summary>What is reached when a chat cannot begin.</summary>
internal enum Limit
{
    OpenChats,
    Queue,
    RequestsUnderWay,
    RequestsPerSecond,
    WaitingAppends,
}
