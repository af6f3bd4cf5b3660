namespace Parley.Server.Documents;

/// <content>Several agents on a chat, its end, and supervisors.</content>
internal static partial class OperationCatalog
{
    private static IEnumerable<OperationEntry> Conference =>
    [
        new("Transfer", "ChatSingleStepTransfer",
            "Hands the chat over to an agent, a queue, a group or whoever has a skill; the caller is done.")
        {
            Aliases = ["SingleStepTransfer"],
            Parameters =
            [
                .. Parameters.Target("a user, queue, skill or contact"),
                Parameters.QueueName with { Need = Need.OneOfThese, Meaning = "A queue, by name." },
                new("skillName", ParameterKind.Text, Need.OneOfThese, "A skill, by name: any ready agent who has it."),
                .. Parameters.Farewell,
            ],
            Refusals = [Parameters.NotIn("Chatting or LeftChat"), NoTarget, WrongTarget, Parameters.Unknown, Parameters.NoText],
            Sample = """{"operationName":"Transfer","targetPath":"/users/7c1e0b5d4f5a4e07a2b6c1d93e48f002","text":"To Ben"}""",
        },
        Invitation("Consult", "ChatConsult", "Asks another agent for advice within the chat; the customer notices nothing."),
        Invitation("Invite", "ChatInviteUser", "Invites another agent to a conference; the customer sees them all.") with
        {
            Aliases = ["InviteUser"],
        },
        new("RemoveParticipantFromConference", "ChatRemoveParticipantFromConference",
            "Removes another agent from the chat, or withdraws an invitation.")
        {
            Parameters = [.. Parameters.Target("the agent to remove"), .. Parameters.Farewell],
            Refusals =
            [
                NoOtherAgent, new(3, "The customer does not see the caller, or the target may not be removed by it."), NoTarget,
                new(6, "The target is not on the chat."), Parameters.NoText,
            ],
            Sample = """
                {"operationName":"RemoveParticipantFromConference","targetPath":"/users/7c1e0b5d4f5a4e07a2b6c1d93e48f002"}
                """,
        },
    ];

    private static IEnumerable<OperationEntry> Ending =>
    [
        new("Leave", "Leave", "Leaves the session; the only agent in it ends it for the customer and keeps the interaction.")
        {
            Aliases = ["EndChatSession", "LeaveConference"],
            Parameters = [.. Parameters.Farewell],
            Refusals = [Parameters.NotIn("Chatting or LeftChat"), Parameters.NoText],
            Sample = """{"operationName":"Leave","text":"Thank you, goodbye.","messageType":"Text","treatAs":"Normal"}""",
        },
        new("LeaveAndComplete", "Chat Resource", "Leaves and completes in one step; only the end is told.")
        {
            Parameters = [Parameters.QueueName, Parameters.SaveLar, .. Parameters.Farewell],
            Refusals = [Parameters.NotIn("Chatting or LeftChat"), Parameters.Unknown, Parameters.NoText],
            Sample = """{"operationName":"LeaveAndComplete","text":"Goodbye"}""",
        },
        new("Complete", "Complete", "Completes the interaction or places it in a queue; ends the session for the customer.")
        {
            Parameters = [Parameters.QueueName, Parameters.SaveLar, .. Parameters.Farewell],
            Refusals =
            [
                Parameters.NotIn("Chatting, LeftChat or JoinFailed"), new(3, "A guest of a conference gives `queueName`."),
                Parameters.Unknown, Parameters.NoText,
            ],
            Sample = """{"operationName":"Complete","queueName":"PostProcessingQueue","saveLAR":true}""",
        },
    ];

    private static IEnumerable<OperationEntry> Supervising =>
    [
        Switch("SwitchToMonitor", "The supervisor listens, unseen by agents and customer."),
        Switch("SwitchToCoach", "The supervisor speaks to the agents, unseen by the customer."),
        Switch("SwitchToBargeIn", "The supervisor speaks to everyone.") with { Aliases = ["SwitchBargeIn"] },
    ];

    private static RefusalEntry NoTarget => new(1, "No target is given.");

    private static RefusalEntry WrongTarget =>
        new(2, "The target is the caller, cannot be understood, takes part already, or is not ready for chats.");

    private static OperationEntry Invitation(string name, string source, string summary) => new(name, source, summary)
    {
        Parameters =
        [
            .. Parameters.Target("a user, queue, skill, group or contact"),
            new("queueName", ParameterKind.Text, Need.OneOfThese, "A queue by name: whoever is free there."),
            new("skillName", ParameterKind.Text, Need.OneOfThese, "A skill by name: whoever is free and has it."),
        ],
        Refusals = [NotChatting, NoTarget, WrongTarget, Parameters.Unknown],
        AnswersAlso = ["referenceId"],
        Sample = $$"""{"operationName":"{{name}}","targetPath":"/users/7c1e0b5d4f5a4e07a2b6c1d93e48f002"}""",
    };

    private static OperationEntry Switch(string name, string summary) => new(name, $"Chat{name}", summary)
    {
        Refusals = [new(2, "The caller is no supervisor on the chat, or has this mode already.")],
        Sample = $$"""{"operationName":"{{name}}"}""",
    };
}
