namespace Parley;

/// <summary>A chat's id: 16 characters, opaque to clients, compared case-sensitively.</summary>
public readonly record struct ChatId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An agent's user id: 32 lower-case hexadecimal digits.</summary>
public readonly record struct AgentId(string Value)
{
    /// <summary>The order in which agents are gone through wherever an order is needed.</summary>
    public static IComparer<AgentId> Order { get; } =
        Comparer<AgentId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));

    public override string ToString() => Value;
}

/// <summary>A contact's id: 16 characters, opaque to clients.</summary>
public readonly record struct ContactId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A queue's name, as <c>queueName</c> carries it.</summary>
public readonly record struct QueueName(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One party's part in one chat: 16 upper-case hexadecimal digits, opaque to clients.</summary>
public readonly record struct ParticipantId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>When something happened and, if an agent's request caused it, whose and which.</summary>
/// <param name="At">The time at which the command was decided.</param>
/// <param name="Requester">The agent whose request it was; null when nobody at a desk asked for it.</param>
/// <param name="ReferenceId">The number that ties the requester's notifications to the request.</param>
/// <param name="Fingerprint">What tells the request from others, where the caller gave it a key to be repeated under.</param>
/// <param name="Trace">Where the command stands in a trace of the server's work; null where it is not traced.</param>
public readonly record struct Stamp(
    DateTimeOffset At, AgentId? Requester = null, int? ReferenceId = null, string? Fingerprint = null, string? Trace = null);
