using Parley.Server.Accounts;
using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// <c>/api/v2/users</c>: everybody who can sign in, for supervisors and administrators; agents read themselves, and of others
/// what the directory says.
/// </summary>
/// <remarks>Source: "Users Resource"; "Filtering and Sorting".</remarks>
internal static class Users
{
    private static readonly Role[] Readers = [Role.Supervisor, Role.Admin, Role.ApiUser];

    private static readonly Columns<UserSubresources.Source> Columns = new(
    [
        ("id", of => [of.User.Id.Value]),
        ("userName", of => [of.User.Name]),
        ("firstName", of => [of.User.FirstName]),
        ("lastName", of => [of.User.LastName]),
        ("emailAddress", of => [of.User.EmailAddress]),
        ("employeeId", of => [of.User.EmployeeId]),
        ("roles", of => of.User.Roles.Select(UserResource.NameOf)),
        ("enabled", of => [of.User.Enabled ? "true" : "false"]),
        ("skills.id", of => of.User.Skills.Select(s => s.Skill.Id)),
        ("skills.name", of => of.User.Skills.Select(s => s.Skill.Name)),
        ("skills.level", of => of.User.Skills.Select(s => $"{s.Level}")),
        ("groups.id", of => of.User.Groups.Select(g => g.Id)),
        ("groups.name", of => of.User.Groups.Select(g => g.Name)),
        ("channels.channel", of => of.Channels.Select(c => c.Channel)),
        ("channels.dndState", of => of.Channels.Select(c => $"{c.DndState}")),
        ("channels.userState.state", of => of.Channels.Select(c => $"{c.UserState.State}")),
        ("channels.userState.displayName", of => of.Channels.Select(c => c.UserState.DisplayName)),
        // nobody has a telephone
        ("devices.phoneNumber", _ => []),
    ]);

    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").RequireFeature(Feature.ProvisioningRead);
        users.WithTags("Users");
        users.MapGet("", List).RequireRole(Readers).Answers(Answer.Page("users", UserDescription.Schema));
        users.MapGet("/{id}", Read).Answers(Me.Described);
    }

    /// <summary>
    /// Everybody who can sign in. Addresses, or with <c>fields</c> or <c>subresources</c> the users themselves.
    /// </summary>
    /// <param name="subresources"><c>*</c> for every sub-resource, or a list of names, separated by commas.</param>
    private static ApiAnswer List(
        SignedInUser me, ContactCenter center, AgentDesk desk, UserChats chats, Links links, Fields fields, Selection selection,
        string? subresources = null)
    {
        var page = selection.Of(
            center.Users.Select(u => new UserSubresources.Source(u, center, desk, links, id => chats.ChatsOf(id, me))), Columns);
        return fields.AreAsked || !string.IsNullOrEmpty(subresources)
            ? page.Answer("users", (writer, of) => of.Write(writer, fields, UserSubresources.OfUser, subresources))
            : page.Answer("uris", (writer, of) => writer.WriteStringValue(links.Uri(Links.PathOfUser(of.User.Id))));
    }

    /// <summary>One user, alone or with what may be seen of it.</summary>
    /// <param name="id">The user's id.</param>
    /// <param name="subresources"><c>*</c> for every sub-resource, or a list of names, separated by commas.</param>
    private static ApiAnswer Read(
        string id, SignedInUser me, ContactCenter center, AgentDesk desk, UserChats chats, Links links, Fields fields,
        string? subresources = null)
    {
        if (me.Id.Value != id && !Readers.Any(me.Is))
            return ApiAnswer.Refused(Reason.NotPermitted, $"The role {string.Join(" or ", Readers)} is required.");
        return center.Users.ById(new AgentId(id)) is { } user
            ? ApiAnswer.With(writer =>
            {
                writer.WritePropertyName("user");
                new UserSubresources.Source(user, center, desk, links, other => chats.ChatsOf(other, me))
                    .Write(writer, fields, UserSubresources.OfUser, subresources);
            })
            : ApiAnswer.Refused(Reason.NotFound, $"User {id} was not found.");
    }
}
