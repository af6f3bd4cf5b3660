using System.Collections.Immutable;
using Parley.Log.History;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A chat as the history lists it, over or not.</summary>
/// <param name="Id">The chat's id.</param>
/// <param name="Uri">The chat's address.</param>
/// <param name="Path">The address without host and version.</param>
/// <param name="MediaType">The medium: <c>Chat</c>.</param>
/// <param name="TypeId">Who began it: <c>Inbound</c>, the customer.</param>
/// <param name="State"><c>InProcess</c>, or <c>Stopped</c> when it is finished.</param>
/// <param name="StartDate">When the customer asked for it.</param>
/// <remarks>
/// <c>{"id":"000A1bC2DEF30007","uri":"…/api/v2/interactions/000A1bC2DEF30007","path":"/interactions/000A1bC2DEF30007",
/// "mediaType":"Chat","typeId":"Inbound","state":"Stopped","startDate":"2026-11-02 08:14:05.000+0000",
/// "endDate":"2026-11-02 08:31:47.000+0000","subject":"Invoice 4711","contactId":"0000Da7H2KQ9005X","ownerInformation":{…}}</c>.
/// Source: CHMessageType.
/// </remarks>
internal sealed record PastInteractionResource(
    string Id, string Uri, string Path, string MediaType, string TypeId, string State, string StartDate)
{
    /// <summary>When it was finished; absent while it is not.</summary>
    public string? EndDate { get; init; }

    /// <summary>What it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>The contact whose chat it is.</summary>
    public string? ContactId { get; init; }

    /// <summary>Whose work it is, or was last; absent when it was nobody's.</summary>
    public OwnerResource? OwnerInformation { get; init; }

    /// <summary>What is kept with the chat under the names that were asked for.</summary>
    public ImmutableSortedDictionary<string, DataValue>? CustomAttributes { get; init; }

    /// <param name="mediaType">Lists print it in another case than the page of a single chat (Quirk 35).</param>
    public static PastInteractionResource Of(
        HistoryRecord record, ContactCenter center, Links links, IReadOnlyList<string> attributes, string mediaType = "Chat")
    {
        var path = Links.PathOfInteraction(record.Chat);
        return new(
            record.Chat.Value, links.Uri(path), path, mediaType, "Inbound", record.EndedAt is null ? "InProcess" : "Stopped",
            WireTime.Blank(record.StartedAt))
        {
            EndDate = record.EndedAt is { } ended ? WireTime.Blank(ended) : null,
            Subject = record.Subject,
            ContactId = record.Contact?.Value,
            OwnerInformation = record.Owner is { } owner ? OwnerResource.Of(owner, center) : null,
            CustomAttributes = attributes.Count == 0
                ? null
                : record.UserData.Where(pair => attributes.Contains(pair.Key))
                    .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        };
    }
}

/// <summary>Whose work a chat is: <c>{"id":"3c9a…","userName":"mlopez","firstName":"Marta","lastName":"Lopez"}</c>.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserName">The name to sign in with; absent when the user is not there any more.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="LastName">The last name.</param>
internal sealed record OwnerResource(string Id, string? UserName, string? FirstName, string? LastName)
{
    public static OwnerResource Of(AgentId id, ContactCenter center) =>
        center.Users.ById(id) is { } user
            ? new(id.Value, user.Name, user.FirstName, user.LastName)
            : new(id.Value, null, null, null);
}
