using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Provisioning;

/// <summary>The contact centre as its operator writes it: <c>contact-center.json</c>.</summary>
/// <remarks>The shape is published as <c>docs/contact-center.schema.json</c>; a file that does not fit it is refused.</remarks>
internal sealed record ContactCenterFile
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }
    public string? ContactCenterId { get; init; }
    public required string Name { get; init; }
    public int MaxConcurrentChats { get; init; } = 3;
    public IReadOnlyList<string>? Features { get; init; }
    public GeneralSettingsEntry GeneralSettings { get; init; } = new();
    public Sections Settings { get; init; } = [];
    public IReadOnlyList<AgentStateEntry> AgentStates { get; init; } = [];
    public IReadOnlyList<SkillEntry> Skills { get; init; } = [];
    public IReadOnlyList<GroupEntry> Groups { get; init; } = [];
    public IReadOnlyList<UserEntry> Users { get; init; } = [];
    public IReadOnlyList<QueueEntry> Queues { get; init; } = [];
    public IReadOnlyList<ServiceEntry> Services { get; init; } = [];
}

/// <summary>Settings as clients see them: section, key, value.</summary>
internal sealed class Sections : Dictionary<string, Dictionary<string, string>>;

internal sealed record GeneralSettingsEntry
{
    public string CountryCode { get; init; } = "";
    public string CountryDigits { get; init; } = "";
    public string CountryName { get; init; } = "";
}

/// <summary>A not-ready reason of this contact centre's own.</summary>
internal sealed record AgentStateEntry
{
    public string? Id { get; init; }
    public required string DisplayName { get; init; }
    public required string OperationName { get; init; }
    public string? Reason { get; init; }
    public string? WorkMode { get; init; }
}

internal sealed record SkillEntry
{
    public string? Id { get; init; }
    public required string Name { get; init; }
}

internal sealed record GroupEntry
{
    public string? Id { get; init; }
    public required string Name { get; init; }
    public Sections Settings { get; init; } = [];
}

internal sealed record UserEntry
{
    public string? Id { get; init; }
    public required string UserName { get; init; }
    public required string PasswordHash { get; init; }
    public string FirstName { get; init; } = "";
    public string LastName { get; init; } = "";
    public string EmailAddress { get; init; } = "";
    public string? EmployeeId { get; init; }
    public IReadOnlyList<string> Roles { get; init; } = ["agent"];
    public bool Enabled { get; init; } = true;
    public bool ChangePasswordOnFirstLogin { get; init; }
    public int? MaxConcurrentChats { get; init; }
    public IReadOnlyList<UserSkillEntry> Skills { get; init; } = [];
    public IReadOnlyList<string> Groups { get; init; } = [];
    public Sections Settings { get; init; } = [];
}

/// <summary>A skill that a user has, by the skill's name, and how well.</summary>
internal sealed record UserSkillEntry
{
    public required string Name { get; init; }
    public int Level { get; init; } = 1;
}

internal sealed record QueueEntry
{
    public string? Id { get; init; }
    public required string Name { get; init; }
    public int Priority { get; init; }
    public IReadOnlyList<string> Agents { get; init; } = [];
}

/// <summary>What customers ask for by name, and the queue in which they wait.</summary>
internal sealed record ServiceEntry
{
    public required string Name { get; init; }
    public required string Queue { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ContactCenterFile))]
internal sealed partial class ContactCenterJson : JsonSerializerContext;
