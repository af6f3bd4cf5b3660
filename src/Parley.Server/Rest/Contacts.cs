using Parley.Agents;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/contacts</c>: the directory of those whom an agent can turn to, users and queues; customers are not in it.
/// </summary>
/// <remarks>Users who cannot sign in, and other servers, are left out. Source: ContactsGetContacts; ContactsResource.</remarks>
internal static class Contacts
{
    private const string NamedFilter = "NamesOrPhoneNumberMatches";

    private static readonly Columns<Contact> Columns = new(
    [
        ("id", c => [c.User?.Id.Value ?? c.Queue!.Id]),
        ("name", c => [c.Name]),
        ("type", c => [$"{(c.User is null ? ContactType.Queue : ContactType.User)}"]),
        ("channel", c => c.Channels),
        // nobody has a telephone
        ("phoneNumber", _ => []),
        ("userName", c => c.Of(u => u.Name)),
        ("firstName", c => c.Of(u => u.FirstName)),
        ("lastName", c => c.Of(u => u.LastName)),
        ("employeeId", c => c.Of(u => u.EmployeeId)),
        ("emailAddress", c => c.Of(u => u.EmailAddress)),
        ("roles", c => c.User?.Roles.Select(UserResource.NameOf) ?? []),
        ("businessUnits.name", c => c.User?.Groups.Select(g => g.Name) ?? []),
    ]);

    public static void MapContacts(this IEndpointRouteBuilder api)
    {
        var contacts = api.MapGroup("").WithTags("Contacts");
        contacts.MapGet("/contacts", List).Answers(Answer.Counted("contacts", RestJson.Default.ContactResource));
        contacts.MapGet("/contacts/{id}", Read).Answers(Answer.Chosen("contact", RestJson.Default.ContactResource));
    }

    /// <summary>
    /// Those whom an agent can turn to. <c>{"statusCode":0,"totalCount":2,"contacts":[{…}]}</c>, always in full.
    /// </summary>
    /// <param name="filterName"><c>NamesOrPhoneNumberMatches</c>: those whose names fit <c>filterParameters</c>.</param>
    /// <param name="filterParameters">
    /// What the names have to fit, separated by commas; <c>*</c> and <c>?</c> are wildcards.
    /// </param>
    private static ApiAnswer List(
        ContactCenter center, Availability availability, Links links, Fields fields, Selection selection,
        string? filterName = null, string? filterParameters = null)
    {
        var patterns = CommaList.Of(filterParameters).Select(text => new Wildcard(text)).ToList();
        if (!string.IsNullOrEmpty(filterName) && filterName != NamedFilter)
            return ApiAnswer.Refused(Reason.OutOfRange, $"The only value of 'filterName' is '{NamedFilter}'.");
        if (filterName == NamedFilter && patterns.Count == 0)
            return ApiAnswer.Refused(Reason.ParameterMissing, "Parameter 'filterParameters' is required with 'filterName'.");

        var wanted = All(center, availability)
            .Where(c => filterName != NamedFilter || patterns.TrueForAll(p => c.Names.Any(p.Matches)));
        return (selection.Of(wanted, Columns) with { IsCounted = true }).Answer(
            "contacts", (writer, contact) => fields.Write(writer, contact.Shown(links), RestJson.Default.ContactResource));
    }

    /// <summary>One entry of the directory.</summary>
    /// <param name="id">The id of the user or queue.</param>
    private static ApiAnswer Read(string id, ContactCenter center, Availability availability, Links links, Fields fields)
    {
        var user = center.Users.ById(new AgentId(id));
        var queue = center.Queues.ById(id);
        return (user is not null && IsListed(user)) || queue is not null
            ? fields.Single("contact", new Contact(user, queue, availability).Shown(links), RestJson.Default.ContactResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Contact {id} was not found.");
    }

    private static IEnumerable<Contact> All(ContactCenter center, Availability availability) =>
        center.Users.Where(IsListed).Select(u => new Contact(u, null, availability))
            .Concat(center.Queues.Select(q => new Contact(null, q, availability)));

    private static bool IsListed(User user) => user.Enabled && user.Roles.Any(r => r != Role.ApiUser);

    /// <summary>A user or a queue.</summary>
    private sealed record Contact(User? User, Queue? Queue, Availability Availability)
    {
        public string Name => User?.Name ?? Queue!.Name;

        /// <summary>What the named filter looks at.</summary>
        public IEnumerable<string> Names => User is null ? [Name] : [User.FirstName, User.LastName, User.Name];

        /// <summary>Where a user is logged in, and what waits in a queue.</summary>
        public IEnumerable<string> Channels =>
            User is null ? [MediaChannel.Chat.Name] : Availability.Channels(User.Id).Select(c => c.Channel.Name);

        public IEnumerable<string> Of(Func<User, string> property) => User is null ? [] : [property(User)];

        public ContactResource Shown(Links links) => User is null
            ? ContactResource.Of(Queue!, links)
            : ContactResource.Of(User, Availability.Of(User.Id), links);
    }
}
