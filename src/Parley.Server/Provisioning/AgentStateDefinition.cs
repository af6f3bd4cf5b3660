using Parley.Agents;

namespace Parley.Server.Provisioning;

/// <summary>A state that an agent can choose, and the operation that chooses it.</summary>
/// <param name="OperationName">What a client posts.</param>
/// <param name="Presence">The state itself.</param>
internal sealed record AgentStateDefinition(string OperationName, Presence Presence) : INamed<string>
{
    /// <summary>After-contact work, as every contact centre has it.</summary>
    public static readonly AgentStateDefinition AfterContactWork = new("AfterCallWork", new Presence(
        "B2C40D61-0E7F-4B59-9A18-3F6E2D87C015", Readiness.NotReady, "After Contact Work", WorkMode: "AfterCallWork"));

    /// <summary>Operations of an agent's session that no custom state may be called.</summary>
    public static readonly IReadOnlySet<string> TakenOperations = new HashSet<string>(StringComparer.Ordinal)
    {
        "Ready", "NotReady", "AfterCallWork", "Offline", "DoNotDisturbOn", "DoNotDisturbOff", "Login", "Logout",
        "StartContactCenterSession", "EndContactCenterSession", "ChangePassword",
        "Monitor", "Coach", "BargeIn", "CancelSupervisorMonitoring",
    };

    /// <summary>The id of the state.</summary>
    public string Id => Presence.StateId;

    string INamed<string>.Name => OperationName;

    /// <summary>The order in which clients list them: ready, the ways of not being ready, gone.</summary>
    public static IReadOnlyList<AgentStateDefinition> Around(IEnumerable<AgentStateDefinition> custom) =>
    [
        new("Ready", Presence.Ready), new("NotReady", Presence.NotReady), .. custom, AfterContactWork, new("Offline", Presence.Offline),
    ];
}
