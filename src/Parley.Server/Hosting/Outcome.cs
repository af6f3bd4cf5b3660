using Parley.Chats;
using Parley.Server.Rest;

namespace Parley.Server.Hosting;

/// <summary>Who asked for a command, and the key under which asking twice counts once.</summary>
/// <param name="Requester">The agent whose request it is; null for customers and for the server itself.</param>
/// <param name="Key">The idempotency key; null when the caller gave none.</param>
internal readonly record struct Asked(AgentId? Requester = null, IdempotencyKey? Key = null)
{
    /// <summary>The server itself asks.</summary>
    public static readonly Asked ByNobody;
}

/// <summary>How a command ended: refused, or durable.</summary>
/// <param name="Chat">The chat after the command.</param>
/// <param name="ReferenceId">The number that the requester's notifications will carry.</param>
internal readonly record struct Outcome(Rejection? Refused, Chat Chat, int? ReferenceId = null);
