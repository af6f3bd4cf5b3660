namespace Parley.Server.Provisioning;

/// <summary>The settings that agent desktops read and that every user has, unless the file says otherwise.</summary>
/// <remarks>Source: "Settings"; the keys are those of the interaction workspace.</remarks>
internal static class DesktopDefaults
{
    public const string Section = "interaction-workspace";
    private const string StateActions = "Ready,NotReady,NotReadyReason,AfterCallWork,Dnd,LogOff";

    public static readonly IReadOnlyDictionary<string, string> Workspace = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["agent-status.enabled-actions-by-channel"] = StateActions,
        ["agent-status.enabled-actions-global"] = StateActions,
        ["agent-status.not-ready-reasons"] = "",
        ["alert.timeout"] = "10",
        ["chat.auto-answer"] = "false",
        ["chat.nickname"] = "$Agent.UserName$",
        ["chat.pending-response-to-customer"] = "30,50",
        ["chat.prompt-for-done"] = "false",
        ["chat.prompt-for-end"] = "false",
        ["chat.time-stamp"] = "true",
        ["chat.typing-is-enabled"] = "true",
        ["chat.typing-timeout"] = "10",
        ["interaction.case-data.format-business-attribute"] = "",
        ["interaction.disposition.is-mandatory"] = "false",
        ["interaction.disposition.is-read-only-on-idle"] = "false",
        ["interaction.disposition.key-name"] = "DispositionCode",
        ["interaction.disposition.use-attached-data"] = "false",
        ["interaction.disposition.value-business-attribute"] = "DispositionCode",
        ["intercommunication.chat.queue"] = "",
        ["intercommunication.chat.routing-based-actions"] = "InitTransfer,OneStepTransfer",
        ["login.chat.is-auto-ready"] = "false",
        ["login.chat.isselected"] = "True",
        ["privilege.chat.can-consult"] = "true",
        ["privilege.chat.can-one-step-transfer"] = "true",
        ["privilege.chat.can-use"] = "true",
        ["privilege.teamlead.can-monitor-chat"] = "false",
        ["standard-response.categories"] = "$All$",
        ["system.cometd.timeout"] = "60000",
        ["toast.case-data.format-business-attribute"] = "",
    };

    /// <summary>What a user with these roles has before centre, groups and user are heard.</summary>
    public static Dictionary<string, Dictionary<string, string>> For(IReadOnlyList<Role> roles)
    {
        var workspace = new Dictionary<string, string>(Workspace, StringComparer.Ordinal);
        if (roles.Contains(Role.Supervisor)) workspace["privilege.teamlead.can-monitor-chat"] = "true";
        return new(StringComparer.Ordinal)
        {
            [Section] = workspace,
            ["htcc"] = new(StringComparer.Ordinal) { ["roles"] = string.Join(',', roles.Select(r => r.ToString().ToLowerInvariant())) },
            ["multimedia"] = new(StringComparer.Ordinal),
        };
    }
}
