namespace Parley.Server.Documents;

/// <content>The agent's working day: the session and the states of its channels.</content>
internal static partial class OperationCatalog
{
    /// <summary>Operations on the caller's contact-centre session.</summary>
    public static IReadOnlyList<OperationEntry> OfSessions { get; } =
    [
        new("StartContactCenterSession", "StartContactCenterSession", "Opens channels, so that the agent can be offered work.")
        {
            Parameters =
            [
                new("channels", ParameterKind.Texts, Need.Optional, "The media; `chat` if absent, others are passed over."),
                new("place", ParameterKind.Text, Need.Optional, "Where the agent sits."),
            ],
            Refusals = [new(5, "The caller is a user for programs only."), new(6, "None of the channels is there.")],
            Sample = """{"operationName":"StartContactCenterSession","channels":["chat"]}""",
        },
        new("EndContactCenterSession", "EndContactCenterSession", "Logs the agent out of all channels and ends the HTTP session.")
        {
            Sample = """{"operationName":"EndContactCenterSession"}""",
        },
    ];

    /// <summary>Operations on the state of channels, those that every contact centre has.</summary>
    public static IReadOnlyList<OperationEntry> OfStates { get; } =
    [
        State("Ready", "The agent is open to offers.") with { IsShown = true },
        State("NotReady", "The agent is shown no offers; those not answered are revoked.") with
        {
            IsShown = true,
            Parameters = [new("reason", ParameterKind.Text, Need.Optional, "Why the agent is not ready.")],
        },
        State("AfterCallWork", "After-contact work: not ready.") with { IsShown = true },
        State("DoNotDisturbOn", "Not ready, and not to be disturbed."),
        State("DoNotDisturbOff", "May be disturbed again; not ready still."),
        State("Offline", "Off the channel, as a state to choose.") with { IsShown = true },
        State("Login", "On the channel, not ready."),
        State("Logout", "Off the channel; the session goes on."),
    ];

    private static OperationEntry State(string name, string summary) => new(name, "SettingAgentStateChannel", summary)
    {
        Refusals = [new(2, "The agent has no contact-centre session."), new(10, "There is no such state.")],
        Sample = $$"""{"operationName":"{{name}}"}""",
    };
}
