using Parley.Agents;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A user as <c>GET /me</c> shows it, without sub-resources; never with a password.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="LastName">The last name.</param>
/// <param name="EmailAddress">The e-mail address; empty if there is none.</param>
/// <param name="EmployeeId">The id in the company.</param>
/// <param name="Roles">
/// What the user is: <c>ROLE_AGENT</c>, <c>ROLE_SUPERVISOR</c>, <c>ROLE_ADMIN</c>, <c>ROLE_API_USER</c>.
/// </param>
/// <param name="Enabled">Whether the user may sign in.</param>
/// <param name="ChangePasswordOnFirstLogin">Whether the password has to be changed first.</param>
/// <param name="ContactCenterId">The contact centre's id.</param>
/// <param name="Uri">The user's address.</param>
/// <param name="Path">The address without host and version.</param>
/// <remarks>
/// <c>{"id":"3c9a…","userName":"mlopez","firstName":"Marta","lastName":"Lopez","emailAddress":"…","employeeId":"mlopez",
/// "roles":["ROLE_AGENT"],"enabled":true,"changePasswordOnFirstLogin":false,"contactCenterId":"5b0c…","uri":"…",
/// "path":"/users/3c9a…"}</c>.
/// Source: "Users Resource".
/// </remarks>
internal sealed record UserResource(
    string Id, string UserName, string FirstName, string LastName, string EmailAddress, string EmployeeId,
    IReadOnlyList<string> Roles, bool Enabled, bool ChangePasswordOnFirstLogin, string ContactCenterId, string Uri, string Path)
{
    public static UserResource Of(User user, ContactCenter center, Links links) => new(
        user.Id.Value, user.Name, user.FirstName, user.LastName, user.EmailAddress, user.EmployeeId,
        [.. user.Roles.Select(NameOf)], user.Enabled, user.ChangePasswordOnFirstLogin, center.Id,
        links.Uri(Links.PathOfUser(user.Id)), Links.PathOfUser(user.Id));

    /// <summary>A role as the wire names it.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Agent => "ROLE_AGENT",
        Role.Supervisor => "ROLE_SUPERVISOR",
        Role.Admin => "ROLE_ADMIN",
        _ => "ROLE_API_USER",
    };
}

/// <summary>
/// A skill: <c>{"id":"b7d1…","name":"Chat_Billing","uri":"…","path":"/skills/b7d1…"}</c>; on a user with
/// <c>"level":"7"</c> after the name.
/// </summary>
/// <param name="Id">The skill's id.</param>
/// <param name="Name">The skill's name.</param>
/// <param name="Level">How good a user is at it, a number as text.</param>
/// <param name="Uri">The skill's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record SkillResource(string Id, string Name, string? Level, string Uri, string Path)
{
    public static SkillResource Of(SkillLevel skill, Links links) => Of(skill.Skill, links) with { Level = $"{skill.Level}" };

    public static SkillResource Of(Skill skill, Links links)
    {
        var path = Links.PathOfSkill(skill.Id);
        return new(skill.Id, skill.Name, null, links.Uri(path), path);
    }
}

/// <summary>A queue: <c>{"id":"1f7b…","name":"Billing","priority":10,"uri":"…","path":"/queues/1f7b…"}</c>.</summary>
/// <param name="Id">The queue's id.</param>
/// <param name="Name">The queue's name.</param>
/// <param name="Priority">Which queue is served first: the highest.</param>
/// <param name="Uri">The queue's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record QueueResource(string Id, string Name, int Priority, string Uri, string Path)
{
    public static QueueResource Of(Queue queue, Links links)
    {
        var path = Links.PathOfQueue(queue.Id);
        return new(queue.Id, queue.Name, queue.Priority, links.Uri(path), path);
    }
}

/// <summary>
/// Somebody in a business unit, as everyone may know:
/// <c>{"id":"3c9a…","userName":"mlopez","firstName":"Marta","lastName":"Lopez","uri":"…","path":"/users/3c9a…"}</c>.
/// </summary>
/// <param name="Id">The user's id.</param>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="FirstName">The first name.</param>
/// <param name="LastName">The last name.</param>
/// <param name="Uri">The user's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record MemberResource(string Id, string UserName, string FirstName, string LastName, string Uri, string Path)
{
    public static MemberResource Of(User user, Links links) => new(
        user.Id.Value, user.Name, user.FirstName, user.LastName,
        links.Uri(Links.PathOfUser(user.Id)), Links.PathOfUser(user.Id));
}

/// <summary>
/// A business unit: <c>{"id":"2-…","name":"Support","type":"BusinessUnit","contains":["users","skills","queues"],…}</c>.
/// </summary>
/// <param name="Id">The business unit's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Always <c>BusinessUnit</c>.</param>
/// <param name="Contains">What belongs to it.</param>
/// <param name="Uri">The business unit's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record GroupResource(string Id, string Name, string Type, IReadOnlyList<string> Contains, string Uri, string Path)
{
    public const string BusinessUnit = "BusinessUnit";

    public static GroupResource Of(Group group, Links links)
    {
        var path = Links.PathOfGroup(group.Id);
        return new(group.Id, group.Name, BusinessUnit, ["users", "skills", "queues"], links.Uri(path), path);
    }
}

/// <summary>
/// A feature: <c>{"id":"api-multimedia-chat","displayName":"Multimedia Chat API","description":"…","uri":"…","path":"…"}</c>.
/// </summary>
/// <param name="Id">The feature's id.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Description">What it allows.</param>
/// <param name="Uri">The feature's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record FeatureResource(string Id, string DisplayName, string Description, string Uri, string Path)
{
    public static FeatureResource Of(Feature feature, Links links)
    {
        var path = Links.PathOfFeature(feature.Id);
        return new(feature.Id, feature.DisplayName, feature.Description, links.Uri(path), path);
    }
}

/// <summary>
/// An agent state to choose:
/// <c>{"id":"…","displayName":"Out to Lunch","operationName":"OutToLunch","state":"NotReady","reason":"Lunch"}</c>.
/// </summary>
/// <param name="Id">The state's id.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="OperationName">The <c>operationName</c> that chooses it.</param>
/// <param name="State"><c>Ready</c>, <c>NotReady</c> or <c>LoggedOut</c>.</param>
/// <param name="Reason">Why the agent is not ready.</param>
/// <param name="WorkMode">After-contact work.</param>
internal sealed record AgentStateResource(
    string Id, string DisplayName, string OperationName, string State, string? Reason, string? WorkMode)
{
    public static AgentStateResource Of(AgentStateDefinition state) =>
        new(state.Id, state.Presence.DisplayName, state.OperationName, $"{state.Presence.Readiness}",
            state.Presence.Reason, state.Presence.WorkMode);
}

/// <summary>
/// A group of settings:
/// <c>{"name":"agent-states","displayName":"Agent states","key":"operationName","uri":"…","path":"…"}</c>.
/// </summary>
/// <param name="Name">The group's name.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Key">The property that tells its entries apart.</param>
/// <param name="Uri">The group's address.</param>
/// <param name="Path">The address without host and version.</param>
internal sealed record SettingsGroupResource(string Name, string DisplayName, string Key, string Uri, string Path);

/// <summary>Where the contact centre is: <c>{"countryCode":"ES","countryDigits":"34","countryName":"Spain"}</c>.</summary>
/// <param name="CountryCode">Two letters.</param>
/// <param name="CountryDigits">The prefix of telephone numbers.</param>
/// <param name="CountryName">The country's name.</param>
internal sealed record GeneralSettingsResource(string CountryCode, string CountryDigits, string CountryName);
