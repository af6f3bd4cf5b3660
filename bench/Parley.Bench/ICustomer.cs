namespace Parley.Bench;

/// <summary>A customer as an agent knows it, whichever door it came through.</summary>
internal interface ICustomer
{
    /// <summary>The chat's id; empty before it was created.</summary>
    string ChatId { get; }

    /// <summary>Counts a message of this customer that the agent saw, and says which one it was: 1, 2, 3 …</summary>
    int CountSeen();
}
