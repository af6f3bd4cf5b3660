namespace Parley.Server.Documents;

/// <content>The names of the first release, under <c>/me/interactions</c>.</content>
internal static partial class OperationCatalog
{
    private const string InteractionsPage = "Interactions On Chat Channel";

    /// <summary>Operations that only the API of the first release has; beside them it takes all of today's.</summary>
    public static IReadOnlyList<OperationEntry> OfInteractions { get; } =
    [
        new("SendNotification", InteractionsPage, "The agent is typing, or has stopped.")
        {
            Parameters =
            [
                new("notification", ParameterKind.Text, Need.OneOfThese, "What to tell.") { Values = TypingNotices },
                new("notifcation", ParameterKind.Text, Need.OneOfThese, "The same, as the page has it.") { Values = TypingNotices },
            ],
            Refusals = [NotChatting, new(1, "Neither spelling of the parameter is given."), Hidden],
            Sample = """{"operationName":"SendNotification","notifcation":"TypingStarted"}""",
        },
        new("RequestChatHistory", InteractionsPage, "Has the messages pushed again, to the caller alone.")
        {
            Parameters =
            [
                new("eventId", ParameterKind.Number, Need.Optional, "The first index wanted, a number or its digits; 1 if absent."),
            ],
            Refusals = [NotHeld, new(2, "`eventId` is not a whole number from 0 on.")],
            Sample = """{"operationName":"RequestChatHistory","eventId":"7"}""",
        },
        new("StopProcessing", InteractionsPage, "Completes the interaction; what today is called Complete.")
        {
            Refusals = [NotHeld, new(3, "The caller is a consultant or supervises.")],
            Sample = """{"operationName":"StopProcessing"}""",
        },
        new("InitiateConsultation", InteractionsPage, "Asks another agent for advice; the customer does not notice.")
        {
            Aliases = ["InitiateConsulation", "StartChatConsultation"],
            Parameters = [new("agentId", ParameterKind.Text, Need.Required, "The id of the user to ask.")],
            Refusals = [NotChatting, new(1, "`agentId` is missing."), WrongTarget, Parameters.Unknown],
            AnswersAlso = ["status"],
            Sample = """{"operationName":"StartChatConsultation","agentId":"7c1e0b5d4f5a4e07a2b6c1d93e48f002"}""",
        },
        SecondStep("CompleteTransfer", "Hands the chat over to the consultant who joined last."),
        SecondStep("CompleteConference", "Brings the consultant who joined last before the customer."),
        SecondStep(
            "LeaveChatConsultation",
            "For whoever asked for the consultation the same as CompleteConference; the consultant leaves."),
    ];

    private static IReadOnlyList<string> TypingNotices => ["TypingStarted", "TypingStopped"];

    private static OperationEntry SecondStep(string name, string summary) => new(name, InteractionsPage, summary)
    {
        Refusals = [new(2, "No consultant whom the caller asked has joined.")],
        AnswersAlso = ["status"],
        Sample = $$"""{"operationName":"{{name}}"}""",
    };
}
