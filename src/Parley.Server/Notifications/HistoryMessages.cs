using System.Text.Json.Serialization;
using Parley.Server.History;
using Parley.Server.Provisioning;
using Parley.Server.Rest;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Notifications;

/// <summary>The chats that were asked for, or why they cannot be told.</summary>
/// <param name="ReferenceId">The number of the request.</param>
/// <remarks>
/// <c>{"messageType":"GetInteractionsHistoryMessage","referenceId":13,"totalCount":1,"interactions":[{…}]}</c>, or with
/// <c>errorMessage</c> in place of what was asked for. Source: CHMessageType.
/// </remarks>
internal sealed record GetInteractionsHistoryMessage(int ReferenceId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "GetInteractionsHistoryMessage";

    /// <summary>How many chats fit, on all pages; counted up to a limit.</summary>
    public int? TotalCount { get; init; }

    /// <summary>False when the history did not know yet all that had been stored; absent otherwise.</summary>
    public bool? IsComplete { get; init; }

    /// <summary>The chats, in the order that was asked for.</summary>
    public IReadOnlyList<PastInteractionResource>? Interactions { get; init; }

    /// <summary>Why there are none, for people.</summary>
    public string? ErrorMessage { get; init; }

    public static GetInteractionsHistoryMessage Of(
        HistoryQuestion question, HistoryFindings found, ContactCenter center, Links links) => new(question.ReferenceId)
    {
        TotalCount = found.Page.TotalCount,
        IsComplete = found.IsComplete ? null : false,
        Interactions =
            [.. found.Page.Records.Select(record => PastInteractionResource.Of(record, center, links, question.Attributes))],
    };
}

/// <summary>A chat and what was said in it, as far as who asked may read it, or why that cannot be told.</summary>
/// <param name="ReferenceId">The number of the request.</param>
/// <remarks>
/// <c>{"messageType":"GetInteractionContentMessage","referenceId":14,"interaction":{…},"messages":[{…}]}</c>, or with
/// <c>errorMessage</c> in place of what was asked for. Source: CHMessageType.
/// </remarks>
internal sealed record GetInteractionContentMessage(int ReferenceId)
{
    [JsonPropertyOrder(-1)]
    public string MessageType { get; } = "GetInteractionContentMessage";

    /// <summary>The chat.</summary>
    public PastInteractionResource? Interaction { get; init; }

    /// <summary>What was said, without what was only typed.</summary>
    public IReadOnlyList<MessageResource>? Messages { get; init; }

    /// <summary>Why there is nothing, for people.</summary>
    public string? ErrorMessage { get; init; }

    public static GetInteractionContentMessage Of(
        HistoryQuestion question, PastChat past, User reader, ContactCenter center, Links links, WireStyle style) =>
        new(question.ReferenceId)
        {
            Interaction = PastInteractionResource.Of(past.Record, center, links, question.Attributes, "chat"),
            Messages = [.. HistoryAccess.EntriesOf(past, reader).Select(entry => MessageResource.Of(entry, links, style))],
        };
}
