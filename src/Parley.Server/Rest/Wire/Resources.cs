using Parley.Agents;
using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A user as <c>GET /me</c> shows it, without sub-resources; never with a password.</summary>
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

    private static string NameOf(Role role) => role switch
    {
        Role.Agent => "ROLE_AGENT",
        Role.Supervisor => "ROLE_SUPERVISOR",
        Role.Admin => "ROLE_ADMIN",
        _ => "ROLE_API_USER",
    };
}

/// <summary>
/// A skill of a user: <c>{"id":"b7d1…","name":"Chat_Billing","level":"7","uri":"…","path":"/skills/b7d1…"}</c>.
/// </summary>
internal sealed record SkillResource(string Id, string Name, string Level, string Uri, string Path)
{
    public static SkillResource Of(SkillLevel skill, Links links)
    {
        var path = Links.PathOfSkill(skill.Skill.Id);
        return new(skill.Skill.Id, skill.Skill.Name, $"{skill.Level}", links.Uri(path), path);
    }
}

/// <summary>
/// A business unit: <c>{"id":"2-…","name":"Support","type":"BusinessUnit","contains":["users","skills","queues"],…}</c>.
/// </summary>
internal sealed record GroupResource(string Id, string Name, string Type, IReadOnlyList<string> Contains, string Uri, string Path)
{
    public static GroupResource Of(Group group, Links links)
    {
        var path = Links.PathOfGroup(group.Id);
        return new(group.Id, group.Name, "BusinessUnit", ["users", "skills", "queues"], links.Uri(path), path);
    }
}

/// <summary>
/// A feature: <c>{"id":"api-multimedia-chat","displayName":"Multimedia Chat API","description":"…","uri":"…","path":"…"}</c>.
/// </summary>
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
internal sealed record SettingsGroupResource(string Name, string DisplayName, string Key, string Uri, string Path);

/// <summary>Where the contact centre is: <c>{"countryCode":"ES","countryDigits":"34","countryName":"Spain"}</c>.</summary>
internal sealed record GeneralSettingsResource(string CountryCode, string CountryDigits, string CountryName);
