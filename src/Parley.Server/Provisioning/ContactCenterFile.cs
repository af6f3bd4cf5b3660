using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Provisioning;

/// <summary>The contact centre as its operator writes it: <c>contact-center.json</c>.</summary>
/// <remarks>
/// The shape is published as <c>docs/contact-center.schema.json</c>; a file that does not fit it is refused. Optional
/// properties are settable because generated readers overwrite the defaults of those that can only be initialized.
/// </remarks>
internal sealed record ContactCenterFile
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }
    public string? ContactCenterId { get; set; }
    public required string Name { get; init; }
    public int MaxConcurrentChats { get; set; } = 3;
    public IReadOnlyList<string>? Features { get; set; }
    public GeneralSettingsEntry GeneralSettings { get; set; } = new();
    public Sections Settings { get; set; } = [];
    public IReadOnlyList<AgentStateEntry> AgentStates { get; set; } = [];
    public IReadOnlyList<BusinessAttributeEntry> BusinessAttributes { get; set; } = [];
    public IReadOnlyList<SkillEntry> Skills { get; set; } = [];
    public IReadOnlyList<GroupEntry> Groups { get; set; } = [];
    public IReadOnlyList<UserEntry> Users { get; set; } = [];
    public IReadOnlyList<QueueEntry> Queues { get; set; } = [];
    public IReadOnlyList<ServiceEntry> Services { get; set; } = [];
}

/// <summary>Settings as clients see them: section, key, value.</summary>
internal sealed class Sections : Dictionary<string, Dictionary<string, string>>;

internal sealed record GeneralSettingsEntry
{
    public string CountryCode { get; set; } = "";
    public string CountryDigits { get; set; } = "";
    public string CountryName { get; set; } = "";
}

/// <summary>A not-ready reason of this contact centre's own.</summary>
internal sealed record AgentStateEntry
{
    public string? Id { get; set; }
    public required string DisplayName { get; init; }
    public required string OperationName { get; init; }
    public string? Reason { get; set; }
    public string? WorkMode { get; set; }
}

/// <summary>A list that clients find by its name, such as the dispositions to choose from.</summary>
internal sealed record BusinessAttributeEntry
{
    public required string Name { get; init; }
    public string? DisplayName { get; set; }
    public string Description { get; set; } = "";
    public Sections UserProperties { get; set; } = [];
    public IReadOnlyList<BusinessAttributeValueEntry> Values { get; set; } = [];
}

internal sealed record BusinessAttributeValueEntry
{
    public required string Name { get; init; }
    public string? DisplayName { get; set; }
    public string Description { get; set; } = "";
    public bool Default { get; set; }
    public string Folder { get; set; } = "";
    public Sections UserProperties { get; set; } = [];
}

internal sealed record SkillEntry
{
    public string? Id { get; set; }
    public required string Name { get; init; }
}

internal sealed record GroupEntry
{
    public string? Id { get; set; }
    public required string Name { get; init; }
    public Sections Settings { get; set; } = [];
}

internal sealed record UserEntry
{
    public string? Id { get; set; }
    public required string UserName { get; init; }
    public required string PasswordHash { get; init; }
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string EmailAddress { get; set; } = "";
    public string? EmployeeId { get; set; }
    public IReadOnlyList<string> Roles { get; set; } = ["agent"];
    public bool Enabled { get; set; } = true;
    public bool ChangePasswordOnFirstLogin { get; set; }
    public int? MaxConcurrentChats { get; set; }
    public IReadOnlyList<UserSkillEntry> Skills { get; set; } = [];
    public IReadOnlyList<string> Groups { get; set; } = [];
    public Sections Settings { get; set; } = [];
}

/// <summary>A skill that a user has, by the skill's name, and how well.</summary>
internal sealed record UserSkillEntry
{
    public required string Name { get; init; }
    public int Level { get; set; } = 1;
}

internal sealed record QueueEntry
{
    public string? Id { get; set; }
    public required string Name { get; init; }
    public int Priority { get; set; }
    public int? MaxWaiting { get; set; }
    public IReadOnlyList<string> Agents { get; set; } = [];
}

/// <summary>What customers ask for by name, and the queue in which they wait.</summary>
internal sealed record ServiceEntry
{
    public required string Name { get; init; }
    public required string Queue { get; init; }
    public bool AllowEndpoint { get; set; }
    public bool RequireNames { get; set; }
    public bool RequireFirstName { get; set; }
    public bool RequireLastName { get; set; }
    public bool TypingPreview { get; set; }
    public bool Asynchronous { get; set; }
    public IReadOnlyList<string> ApiKeys { get; set; } = [];
    public string Greeting { get; set; } = "";
    public bool AnnouncePosition { get; set; }
    public string Contacts { get; set; } = "create";
    public long LastAgentWindowMs { get; set; } = 604_800_000;
    public MaskingEntry Masking { get; set; } = new();
    public string PositionText { get; set; } = "You are number {position} in the queue.";
    public string PositionAndWaitText { get; set; } =
        "You are number {position} in the queue. Estimated wait in minutes: {wait}.";
    public IdleEntry Idle { get; set; } = new();
    public FilesEntry Files { get; set; } = new();
    public HoursEntry Hours { get; set; } = new();
}

/// <summary>What in the texts of chats is replaced by asterisks before anything is stored.</summary>
internal sealed record MaskingEntry
{
    public bool Cards { get; set; }
    public IReadOnlyList<string> Patterns { get; set; } = [];
}

/// <summary>What is done about a chat in which nobody says anything; times of 0 switch a step off.</summary>
internal sealed record IdleEntry
{
    public long AlertMs { get; set; } = 255_000;
    public long SecondAlertMs { get; set; }
    public long CloseMs { get; set; } = 45_000;
    public long AsyncAlertMs { get; set; } = 86_400_000;
    public long AsyncCloseMs { get; set; } = 3_600_000;
    public string AlertText { get; set; } = new IdleRules().AlertText;
    public string SecondAlertText { get; set; } = new IdleRules().SecondAlertText;
    public string CloseText { get; set; } = new IdleRules().CloseText;
    public string Notices { get; set; } = "none";
    public string AsyncNotices { get; set; } = "major";
}

/// <summary>Whether customers may send files, and how many.</summary>
internal sealed record FilesEntry
{
    public bool Enabled { get; set; }
    public int MaxFiles { get; set; } = 3;
    public long MaxFileBytes { get; set; } = 2_097_152;
    public long MaxTotalBytes { get; set; } = 5_242_880;
    public IReadOnlyList<string> Types { get; set; } = new FileRules().Types;
    public bool NeedAgent { get; set; }
    public int MaxDownloads { get; set; } = 10;
}

/// <summary>When the service is open; always, if nothing is said.</summary>
internal sealed record HoursEntry
{
    public string TimeZone { get; set; } = "UTC";
    public IReadOnlyList<HoursTimeEntry> Times { get; set; } = [];
    public IReadOnlyList<string> ClosedOn { get; set; } = [];
}

internal sealed record HoursTimeEntry
{
    public required IReadOnlyList<string> Days { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true)]
[JsonSerializable(typeof(ContactCenterFile))]
internal sealed partial class ContactCenterJson : JsonSerializerContext;
