namespace Parley.Server.Provisioning;

/// <summary>What an agent is towards a media channel.</summary>
internal enum ChannelState
{
    Ready,
    NotReady,
    LoggedOut,
}

/// <summary>A state that an agent can choose, and the operation that chooses it.</summary>
/// <param name="Id">A GUID; those of the states every centre has are constants of the protocol, letter for letter.</param>
/// <param name="DisplayName">What a person reads.</param>
/// <param name="OperationName">What a client posts.</param>
/// <param name="State">What it means for offers.</param>
/// <param name="Reason">Why the agent is not ready.</param>
/// <param name="WorkMode">The kind of work that keeps the agent, <c>AfterCallWork</c> for one.</param>
internal sealed record AgentStateDefinition(
    string Id, string DisplayName, string OperationName, ChannelState State, string? Reason = null, string? WorkMode = null)
    : INamed<string>
{
    public static readonly AgentStateDefinition Ready =
        new("9430250E-0A1B-421F-B372-F29E69366DED", "Ready", "Ready", ChannelState.Ready);

    public static readonly AgentStateDefinition NotReady =
        new("900D55CC-2BB0-431F-8BF9-D3525B383BE6", "Not Ready", "NotReady", ChannelState.NotReady);

    public static readonly AgentStateDefinition AfterContactWork =
        new("B2C40D61-0E7F-4B59-9A18-3F6E2D87C015", "After Contact Work", "AfterCallWork", ChannelState.NotReady,
            WorkMode: "AfterCallWork");

    public static readonly AgentStateDefinition Offline =
        new("0F7F5003-EF26-4D13-A6Ef-D0C7EC819BEB", "Offline", "Offline", ChannelState.LoggedOut);

    /// <summary>Operations of an agent's session that no custom state may be called.</summary>
    public static readonly IReadOnlySet<string> TakenOperations = new HashSet<string>(StringComparer.Ordinal)
    {
        "Ready", "NotReady", "AfterCallWork", "Offline", "DoNotDisturbOn", "DoNotDisturbOff", "Login", "Logout",
        "StartContactCenterSession", "EndContactCenterSession", "ChangePassword",
        "Monitor", "Coach", "BargeIn", "CancelSupervisorMonitoring",
    };

    string INamed<string>.Name => OperationName;

    /// <summary>The order in which clients list them: ready, the ways of not being ready, gone.</summary>
    public static IReadOnlyList<AgentStateDefinition> Around(IEnumerable<AgentStateDefinition> custom) =>
        [Ready, NotReady, .. custom, AfterContactWork, Offline];
}
