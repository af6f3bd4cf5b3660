using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>An entry of the directory: somebody or something that a chat can be transferred to.</summary>
/// <param name="Id">The id of the user or queue.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Type">What it is.</param>
/// <remarks>
/// A user: <c>{"id":"90d2…","name":"jkim","type":"User","userName":"jkim","firstName":"Jun","lastName":"Kim","employeeId":"jkim",
/// "emailAddress":"…","availability":{…},"businessUnits":[],"roles":["ROLE_AGENT"],"uri":"…","path":"/contacts/90d2…"}</c>. A
/// queue: <c>{"id":"1f7b…","name":"Billing","type":"Queue","uri":"…","path":"/contacts/1f7b…"}</c>. The id is that of the user
/// or queue. Source: ContactsResource.
/// </remarks>
internal sealed record ContactResource(string Id, string Name, ContactType Type)
{
    /// <summary>The name to sign in with.</summary>
    public string? UserName { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name.</summary>
    public string? LastName { get; init; }

    /// <summary>The id in the company.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>Only while the user is logged in.</summary>
    public AvailabilityResource? Availability { get; init; }

    /// <summary>The user's business units.</summary>
    public IReadOnlyList<GroupResource>? BusinessUnits { get; init; }

    /// <summary>What the user is.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The address in the directory.</summary>
    public required string Uri { get; init; }

    /// <summary>The address without host and version.</summary>
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
/// <param name="Channels">The channels on which the user is logged in.</param>
internal sealed record AvailabilityResource(IReadOnlyList<AvailableChannelResource> Channels);

/// <summary>A channel of the directory: whether the user could be given something on it now.</summary>
/// <param name="Channel">The medium: <c>chat</c>.</param>
/// <param name="Available">Whether the user could be given something on it now.</param>
/// <param name="UserState">The user's state on the channel.</param>
internal sealed record AvailableChannelResource(string Channel, bool Available, UserStateResource UserState);
