namespace Parley.Chats;

/// <summary>Where a chat waits: in a queue, and where a transfer asked for it, for agents of one skill or group only.</summary>
/// <param name="Skill">The id of the skill; null for everyone who serves the queue.</param>
/// <param name="Group">The id of the group; null for everyone who serves the queue.</param>
public readonly record struct Line(QueueName Queue, string? Skill = null, string? Group = null)
{
    /// <summary>The same line in a queue, where it names none itself.</summary>
    public Line Within(QueueName queue) => Queue.Value is null ? this with { Queue = queue } : this;

    public static implicit operator Line(QueueName queue) => new(queue);
}
