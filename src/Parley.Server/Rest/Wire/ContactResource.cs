using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>An entry of the directory: somebody or something that a chat can be transferred to.</summary>
/// <remarks>
/// A user: <c>{"id":"90d2…","name":"jkim","type":"User","userName":"jkim","firstName":"Jun","lastName":"Kim","employeeId":"jkim",
/// "emailAddress":"…","availability":{…},"businessUnits":[],"roles":["ROLE_AGENT"],"uri":"…","path":"/contacts/90d2…"}</c>. A
/// queue: <c>{"id":"1f7b…","name":"Billing","type":"Queue","uri":"…","path":"/contacts/1f7b…"}</c>. The id is that of the user
/// or queue. Source: ContactsResource.
/// </remarks>
internal sealed record ContactResource(string Id, string Name, ContactType Type)
{
    public string? UserName { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? EmployeeId { get; init; }
    public string? EmailAddress { get; init; }

    /// <summary>Only while the user is logged in.</summary>
    public AvailabilityResource? Availability { get; init; }

    public IReadOnlyList<GroupResource>? BusinessUnits { get; init; }
    public IReadOnlyList<string>? Roles { get; init; }
    public required string Uri { get; init; }
    public required string Path { get; init; }

    public static ContactResource Of(User user, AvailabilityResource? availability, Links links) =>
        new(user.Id.Value, user.Name, ContactType.User)
        {
            UserName = user.Name,
            FirstName = user.FirstName,
            LastName = user.LastName,
            EmployeeId = user.EmployeeId,
            EmailAddress = user.EmailAddress,
            Availability = availability,
            BusinessUnits = UserSubresources.Groups(user, links),
            Roles = [.. user.Roles.Select(UserResource.NameOf)],
            Uri = links.Uri(Links.PathOfContact(user.Id.Value)),
            Path = Links.PathOfContact(user.Id.Value),
        };

    public static ContactResource Of(Queue queue, Links links) => new(queue.Id, queue.Name, ContactType.Queue)
    {
        Uri = links.Uri(Links.PathOfContact(queue.Id)),
        Path = Links.PathOfContact(queue.Id),
    };
}

/// <summary>What an entry of the directory is.</summary>
internal enum ContactType
{
    User,
    Queue,
}

/// <summary>
/// Where a user is logged in: <c>{"channels":[{"channel":"chat","available":true,"userState":{…}}]}</c>.
/// </summary>
internal sealed record AvailabilityResource(IReadOnlyList<AvailableChannelResource> Channels);

/// <summary>A channel of the directory: whether the user could be given something on it now.</summary>
internal sealed record AvailableChannelResource(string Channel, bool Available, UserStateResource UserState);
