namespace Parley.Server.Provisioning;

/// <summary>Somebody who can sign in.</summary>
internal sealed record User : INamed<AgentId>
{
    public required AgentId Id { get; init; }

    /// <summary>The login name.</summary>
    public required string Name { get; init; }

    public required string PasswordHash { get; init; }
    public required string FirstName { get; init; }
    public required string LastName { get; init; }
    public required string EmailAddress { get; init; }
    public required string EmployeeId { get; init; }
    public required IReadOnlyList<Role> Roles { get; init; }
    public required bool Enabled { get; init; }
    public required bool ChangePasswordOnFirstLogin { get; init; }

    /// <summary>How many chats are offered to the user at the same time at most.</summary>
    public required int MaxConcurrentChats { get; init; }

    public required IReadOnlyList<SkillLevel> Skills { get; init; }
    public required IReadOnlyList<Group> Groups { get; init; }

    /// <summary>Settings for the client, by section: defaults, the centre's, the groups' and the user's own.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings { get; init; }

    /// <summary>A setting of the section that agent desktops read; null if there is none.</summary>
    public string? DesktopSetting(string key) => Settings.GetValueOrDefault(DesktopDefaults.Section)?.GetValueOrDefault(key);
}

/// <summary>A skill and how well a user has it.</summary>
internal sealed record SkillLevel(Skill Skill, int Level);

/// <summary>What a user may do beyond being signed in.</summary>
/// <remarks>Source: "Roles".</remarks>
internal enum Role
{
    Agent,
    Supervisor,
    Admin,

    /// <summary>Another server; everything an administrator may, but no work of an agent's.</summary>
    ApiUser,
}
