using System.Collections.Frozen;
using Parley.Agents;

namespace Parley.Server.Provisioning;

/// <summary>The model made from a file that has been found right.</summary>
internal static class ContactCenterBuild
{
    public static ContactCenter From(ContactCenterFile file)
    {
        var skills = new Catalog<string, Skill>(
            [.. file.Skills.Select(s => new Skill(IdOf(s), s.Name))], StringComparer.Ordinal);
        var groups = new Catalog<string, Group>(
            [.. file.Groups.Select(g => new Group(IdOf(g), g.Name))], StringComparer.Ordinal);
        var users = new Catalog<AgentId, User>(
            [.. file.Users.Select(u => UserFrom(u, file, skills, groups))], StringComparer.OrdinalIgnoreCase);
        var queues = new Catalog<string, Queue>([.. file.Queues.Select(q => QueueFrom(q, users))], StringComparer.Ordinal);
        return new ContactCenter
        {
            Id = file.ContactCenterId ?? StableIds.Dashed("contact-center", file.Name),
            Name = file.Name,
            GeneralSettings = new GeneralSettings(
                file.GeneralSettings.CountryCode, file.GeneralSettings.CountryDigits, file.GeneralSettings.CountryName),
            Features = new Catalog<string, Feature>(
                [.. Feature.Known.Where(f => file.Features?.Contains(f.Id) ?? true)], StringComparer.Ordinal),
            AgentStates = new Catalog<string, AgentStateDefinition>(
                AgentStateDefinition.Around(file.AgentStates.Select(StateFrom)), StringComparer.Ordinal),
            BusinessAttributes = new Catalog<string, BusinessAttribute>(
                [.. file.BusinessAttributes.Select(AttributeFrom)], StringComparer.Ordinal),
            Skills = skills,
            Groups = groups,
            Users = users,
            Queues = queues,
            Services = file.Services.ToFrozenDictionary(
                s => s.Name, s => ChatServiceBuild.From(s, queues.ByName(s.Queue)!), StringComparer.Ordinal),
        };
    }

    /// <summary>A user's settings: defaults, then the centre's, then each group's in turn, then the user's own.</summary>
    public static Dictionary<string, Dictionary<string, string>> SettingsOf(ContactCenterFile file, UserEntry user)
    {
        var settings = DesktopDefaults.For(RolesOf(user));
        var groups = user.Groups.SelectMany(name => file.Groups.Where(g => g.Name == name)).Select(g => g.Settings);
        foreach (var (section, values) in (IEnumerable<KeyValuePair<string, Dictionary<string, string>>>)
            [.. file.Settings, .. groups.SelectMany(g => g), .. user.Settings])
        {
            if (!settings.TryGetValue(section, out var merged)) settings[section] = merged = new(StringComparer.Ordinal);
            foreach (var (key, value) in values) merged[key] = value;
        }
        return settings;
    }

    public static string IdOf(UserEntry user) => user.Id ?? StableIds.Hex("user", user.UserName);

    public static string IdOf(SkillEntry skill) => skill.Id ?? StableIds.Dashed("skill", skill.Name);

    public static string IdOf(GroupEntry group) => group.Id ?? "2-" + StableIds.Dashed("group", group.Name);

    public static string IdOf(QueueEntry queue) => queue.Id ?? StableIds.Dashed("queue", queue.Name);

    public static string IdOf(AgentStateEntry state) =>
        state.Id ?? StableIds.Dashed("agent-state", state.OperationName).ToUpperInvariant();

    private static User UserFrom(
        UserEntry user, ContactCenterFile file, Catalog<string, Skill> skills, Catalog<string, Group> groups) =>
        new()
        {
            Id = new AgentId(IdOf(user)),
            Name = user.UserName,
            PasswordHash = user.PasswordHash,
            FirstName = user.FirstName,
            LastName = user.LastName,
            EmailAddress = user.EmailAddress,
            EmployeeId = user.EmployeeId ?? user.UserName,
            Roles = RolesOf(user),
            Enabled = user.Enabled,
            ChangePasswordOnFirstLogin = user.ChangePasswordOnFirstLogin,
            MaxConcurrentChats = user.MaxConcurrentChats ?? file.MaxConcurrentChats,
            Skills = [.. user.Skills.Select(s => new SkillLevel(skills.ByName(s.Name)!, s.Level))],
            Groups = [.. user.Groups.Select(g => groups.ByName(g)!)],
            Settings = SettingsOf(file, user).ToFrozenDictionary(
                s => s.Key,
                IReadOnlyDictionary<string, string> (s) => s.Value.ToFrozenDictionary(StringComparer.Ordinal),
                StringComparer.Ordinal),
        };

    private static IReadOnlyList<Role> RolesOf(UserEntry user) =>
        [.. user.Roles.Select(r => Enum.Parse<Role>(r, ignoreCase: true)).Distinct()];

    private static Queue QueueFrom(QueueEntry queue, Catalog<AgentId, User> users) => new(
        IdOf(queue),
        new QueueName(queue.Name),
        queue.Priority,
        queue.Agents.Select(a => users.ByName(a)!.Id).ToFrozenSet(),
        queue.MaxWaiting);

    private static AgentStateDefinition StateFrom(AgentStateEntry state) => new(
        state.OperationName,
        new Presence(IdOf(state), Readiness.NotReady, state.DisplayName, state.Reason, state.WorkMode));

    private static BusinessAttribute AttributeFrom(BusinessAttributeEntry attribute) => new(
        attribute.Name, attribute.DisplayName ?? attribute.Name, attribute.Description, attribute.UserProperties,
        [
            .. attribute.Values.Select(v => new BusinessAttributeValue(
                v.Name, v.DisplayName ?? v.Name, v.Description, v.Default, v.Folder, v.UserProperties)),
        ]);
}
