namespace Parley.Server.Documents;

/// <content>What supervisors do with the agents they are responsible for.</content>
internal static partial class OperationCatalog
{
    private static readonly string[] Modes = ["Monitor", "Coach", "BargeIn"];

    /// <summary>Operations on an agent's chat channel that follow its chats.</summary>
    public static IReadOnlyList<OperationEntry> OfSupervision { get; } =
    [
        Following("Monitor", "Listens to the chats that the agent accepts from now on, unseen by agents and customer."),
        Following("Coach", "Joins the chats that the agent accepts from now on; speaks to agents, unseen by the customer."),
        Following("BargeIn", "Joins the chats that the agent accepts from now on; speaks to everyone."),
        new("CancelSupervisorMonitoring", "ChatCancelSupervisorMonitoring", "Follows the agent's next chats no longer.")
        {
            Refusals = [new(2, "The caller does not follow this agent."), NotResponsible],
            Sample = """{"operationName":"CancelSupervisorMonitoring"}""",
        },
    ];

    /// <summary>Operations on one of an agent's chats.</summary>
    public static IReadOnlyList<OperationEntry> OfUserChats { get; } =
    [
        new("Intrude", "ChatIntrude", "Enters a chat that is going on: the caller is invited to it.")
        {
            Parameters =
            [
                new("supervisorVisibilityMode", ParameterKind.Text, Need.Optional,
                    "As what to enter; as the caller follows the agent's chats if absent.") { Values = Modes },
            ],
            Refusals =
            [
                new(1, "`supervisorVisibilityMode` is missing, and the caller does not follow this agent."),
                new(2, "The chat is not Chatting, or the caller is on it."), NotResponsible,
            ],
            Sample = """{"operationName":"Intrude","supervisorVisibilityMode":"Monitor"}""",
        },
    ];

    private static RefusalEntry NotResponsible => new(6, "The caller is not responsible for this agent, or there is none.");

    private static OperationEntry Following(string name, string summary) => new(name, $"Chat{name}", summary)
    {
        Parameters =
        [
            new("supervisorMonitoringMode", ParameterKind.Text, Need.Optional, "For one chat, or for all; all if absent.")
            {
                Values = ["NextChat", "AllChats"],
            },
            new("nickname", ParameterKind.Text, Need.Optional, "The name that others see; the user's own if absent."),
        ],
        Refusals = [NotResponsible],
        Sample = $$"""{"operationName":"{{name}}","supervisorMonitoringMode":"NextChat","nickname":"Cleo"}""",
    };
}
