namespace Parley.Server.Provisioning;

/// <summary>A named block of functionality that a contact centre has or has not.</summary>
/// <remarks>Without it the API behaves as if the block did not exist. Source: "Features".</remarks>
internal sealed record Feature(string Id, string DisplayName, string Description) : INamed<string>
{
    public const string Multimedia = "api-multimedia";
    public const string MultimediaChat = "api-multimedia-chat";
    public const string AgentControl = "api-agent-control";
    public const string ProvisioningRead = "api-provisioning-read";
    public const string SupervisorMonitoring = "api-supervisor-monitoring";
    public const string SupervisorAgentControl = "api-supervisor-agent-control";

    /// <summary>All that this server knows; a contact centre whose file names none has every one.</summary>
    public static readonly IReadOnlyList<Feature> Known =
    [
        new(Multimedia, "Multimedia API", "API for channels other than voice"),
        new(MultimediaChat, "Multimedia Chat API", "API for Multimedia Chat"),
        new(AgentControl, "Agent State Control API", "API for agent state control"),
        new(ProvisioningRead, "Provisioning Read API", "API to read users, skills, queues and groups"),
        new("api-provisioning-write", "Provisioning Write API", "API to change users, skills, queues and groups"),
        new(SupervisorMonitoring, "Supervisor Monitoring API", "API for supervisors to follow chats"),
        new(SupervisorAgentControl, "Supervisor Agent Control API", "API for supervisors to set agents' states"),
        new("ui-supervisor-reporting", "Reporting", "User interface for reports"),
        new("ui-supervisor-provisioning-user", "User Provisioning", "User interface to manage users"),
        new("ui-supervisor-provisioning-routing", "Routing Provisioning", "User interface to manage routing"),
        new("ui-supervisor-provisioning-skill", "Skill Provisioning", "User interface to manage skills"),
        new("ui-supervisor-edit-user", "Edit User", "User interface to edit users"),
        new("ui-supervisor-cc-segmentation", "Segmentation", "User interface for business units"),
    ];

    string INamed<string>.Name => Id;
}
