using Parley.Server.Accounts;

namespace Parley.Server.Provisioning;

/// <summary>
/// What a contact centre's file must fulfil beyond its shape: unique names and ids, and references that lead somewhere.
/// </summary>
internal sealed class ContactCenterRules(ContactCenterFile file, int maxSettingsCharactersPerUser)
{
    private readonly List<string> errors = [];
    private readonly HashSet<string> userNames = file.Users.Select(u => u.UserName).ToHashSet(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> groupNames = file.Groups.Select(g => g.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> skillNames = file.Skills.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> queueNames = file.Queues.Select(q => q.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> features = Feature.Known.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every broken rule, with the path of the entry that breaks it.</summary>
    public IReadOnlyList<string> Broken()
    {
        Unique("users", "userName", file.Users.Select(u => u.UserName), StringComparer.OrdinalIgnoreCase);
        Unique("users", "id", file.Users.Select(ContactCenterBuild.IdOf), StringComparer.Ordinal);
        Unique("skills", "name", file.Skills.Select(s => s.Name), StringComparer.Ordinal);
        Unique("skills", "id", file.Skills.Select(ContactCenterBuild.IdOf), StringComparer.Ordinal);
        Unique("groups", "name", file.Groups.Select(g => g.Name), StringComparer.Ordinal);
        Unique("groups", "id", file.Groups.Select(ContactCenterBuild.IdOf), StringComparer.Ordinal);
        Unique("queues", "name", file.Queues.Select(q => q.Name), StringComparer.Ordinal);
        Unique("queues", "id", file.Queues.Select(ContactCenterBuild.IdOf), StringComparer.Ordinal);
        Unique("services", "name", file.Services.Select(s => s.Name), StringComparer.Ordinal);
        Unique("agentStates", "operationName", file.AgentStates.Select(s => s.OperationName), StringComparer.Ordinal);
        Unique("agentStates", "id", file.AgentStates.Select(ContactCenterBuild.IdOf), StringComparer.OrdinalIgnoreCase);
        Unique("businessAttributes", "name", file.BusinessAttributes.Select(a => a.Name), StringComparer.Ordinal);
        Known("features", file.Features ?? [], features, "a feature of this server");
        AgentStates();
        BusinessAttributes();
        Users();
        References();
        return errors;
    }

    private void Unique(string list, string property, IEnumerable<string> values, StringComparer comparer)
    {
        var seen = new Dictionary<string, int>(comparer);
        foreach (var (index, value) in values.Index())
        {
            if (!seen.TryAdd(value, index))
                errors.Add($"{list}[{index}].{property}: '{value}' is taken by {list}[{seen[value]}].");
        }
    }

    private void AgentStates()
    {
        var fixedIds = AgentStateDefinition.Around([]).Select(s => s.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, state) in file.AgentStates.Index())
        {
            if (AgentStateDefinition.TakenOperations.Contains(state.OperationName))
                errors.Add($"agentStates[{index}].operationName: '{state.OperationName}' is an operation of its own.");
            if (state.Id is not null && fixedIds.Contains(state.Id))
                errors.Add($"agentStates[{index}].id: '{state.Id}' belongs to a state that every contact centre has.");
        }
    }

    private void BusinessAttributes()
    {
        foreach (var (index, attribute) in file.BusinessAttributes.Index())
        {
            var values = $"businessAttributes[{index}].values";
            Unique(values, "name", attribute.Values.Select(v => v.Name), StringComparer.Ordinal);
            foreach (var (second, _) in attribute.Values.Index().Where(v => v.Item.Default).Skip(1))
                errors.Add($"{values}[{second}].default: another value is the default already.");
        }
    }

    private void Users()
    {
        foreach (var (index, user) in file.Users.Index())
        {
            if (!Passwords.IsHash(user.PasswordHash))
                errors.Add($"users[{index}].passwordHash: is not a hash as 'Parley.Server hash-password' prints it.");
            Known($"users[{index}].groups", user.Groups, groupNames, "the name of a group");
            Known($"users[{index}].skills", user.Skills.Select(s => s.Name), skillNames, "the name of a skill", ".name");
            Unique($"users[{index}].skills", "name", user.Skills.Select(s => s.Name), StringComparer.Ordinal);
            var length = Length(ContactCenterBuild.SettingsOf(file, user));
            if (length > maxSettingsCharactersPerUser)
                errors.Add(
                    $"users[{index}].settings: {length} characters with all defaults; "
                    + $"{maxSettingsCharactersPerUser} are allowed.");
        }
    }

    private static int Length(Dictionary<string, Dictionary<string, string>> settings) =>
        settings.Sum(s => s.Key.Length + s.Value.Sum(v => v.Key.Length + v.Value.Length));

    private void References()
    {
        foreach (var (index, queue) in file.Queues.Index())
            Known($"queues[{index}].agents", queue.Agents, userNames, "the userName of a user");
        foreach (var (index, service) in file.Services.Index().Where(s => !queueNames.Contains(s.Item.Queue)))
            errors.Add($"services[{index}].queue: '{service.Queue}' is not the name of a queue.");
        foreach (var (index, service) in file.Services.Index())
        {
            errors.AddRange(ChatServiceBuild.Broken(service.Hours).Select(broken => $"services[{index}].hours.{broken}"));
            errors.AddRange(ChatServiceBuild.Broken(service.Masking).Select(broken => $"services[{index}].masking.{broken}"));
        }
    }

    private void Known(string list, IEnumerable<string> values, HashSet<string> known, string what, string property = "")
    {
        foreach (var (index, value) in values.Index().Where(v => !known.Contains(v.Item)))
            errors.Add($"{list}[{index}]{property}: '{value}' is not {what}.");
    }
}
