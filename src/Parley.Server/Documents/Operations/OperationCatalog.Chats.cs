namespace Parley.Server.Documents;

/// <content>Offers, talk, and what is kept with a chat.</content>
internal static partial class OperationCatalog
{
    private static IEnumerable<OperationEntry> Offers =>
    [
        new("Accept", "ChatAccept", "Takes the offered chat and joins its session.")
        {
            Parameters =
            [
                new("nickname", ParameterKind.Text, Need.Optional, "The name that the customer sees; the user's own if absent."),
                Parameters.SaveLar,
            ],
            Refusals = [Parameters.NotIn("Invited"), new(2, "`nickname` is too long or reserved.")],
            Sample = """{"operationName":"Accept","nickname":"Ana"}""",
        },
        new("Reject", "ChatReject", "Declines the offered chat; it goes to another agent.")
        {
            Refusals = [Parameters.NotIn("Invited")],
            AnswersAlso = ["status"],
            Sample = """{"operationName":"Reject"}""",
        },
    ];

    private static IEnumerable<OperationEntry> Talk =>
    [
        new("SendMessage", "ChatSend", "Says something to everyone in the session.")
        {
            Aliases = ["Send"],
            Parameters = [.. Parameters.Message],
            Refusals = [NotChatting, NoText, TooLong, Hidden],
            Sample = """{"operationName":"SendMessage","text":"Good morning Pat","messageType":"Greeting","treatAs":"System"}""",
        },
        Typing("SendStartTypingNotification", "The agent is typing; desktops repeat it while it goes on."),
        Typing("SendStopTypingNotification", "The agent has stopped typing."),
        new("SendToAgents", "ChatSendToAgents", "Says something to the other agents on the chat; the customer never sees it.")
        {
            Parameters = [.. Parameters.Message],
            Refusals = [NoOtherAgent, NoText, TooLong],
            Sample = """{"operationName":"SendToAgents","text":"Can we refund this?"}""",
        },
        Typing("SendStartTypingToAgentsNotification", "The agent is typing something for the other agents.") with
        {
            Aliases = ["SendStartTypingToAgentNotification"],
            Refusals = [NoOtherAgent],
        },
        Typing("SendStopTypingToAgentsNotification", "The agent has stopped typing something for the other agents.") with
        {
            Aliases = ["SendStopTypingToAgentNotification"],
            Refusals = [NoOtherAgent],
        },
        new("SendUrl", "ChatSendURL", "Sends an address, which the customer's side may open.")
        {
            Aliases = ["SendURL", "PushUrl"],
            Parameters = [new("url", ParameterKind.Text, Need.Required, "An absolute http or https address.")],
            Refusals =
            [
                NotChatting, new(1, "`url` is missing."), new(2, "`url` is not an absolute http or https address."), Hidden,
            ],
            Sample = """{"operationName":"SendUrl","url":"https://shop.example.test/returns"}""",
        },
        Notice("SendCustomNotice", "Sends a signal whose meaning the two applications have agreed on.") with
        {
            Refusals = [NotChatting, NoNotice, Hidden],
        },
        Notice("SendCustomNoticeToAgents", "Sends such a signal to the other agents; the customer never sees it.") with
        {
            Refusals = [NoOtherAgent, NoNotice],
        },
    ];

    private static IEnumerable<OperationEntry> Data =>
    [
        new("SetInFocus", "Leave", "Says which chat the agent looks at. Nobody is told.")
        {
            Aliases = ["InFocus"],
            Parameters = [new("inFocus", ParameterKind.Switch, Need.Optional, "False to look away; true if absent.")],
            Refusals = [NotHeld],
            Sample = """{"operationName":"SetInFocus"}""",
        },
        new("SetDisposition", "ChatSetDisposition", "Says how the chat ended, in its user data.")
        {
            Parameters =
            [
                new("disposition", ParameterKind.Text, Need.Required, "The outcome."),
                new("dispositionKey", ParameterKind.Text, Need.Optional, "The key of user data under which it is kept."),
            ],
            Refusals = [NotHeld, new(1, "`disposition` is missing.")],
            Sample = """{"operationName":"SetDisposition","disposition":"Solved"}""",
        },
        new("AttachUserData", "ChatAttachUserData", "Adds pairs to the user data; a key that is there is overwritten.")
        {
            Parameters = [Parameters.Data],
            Refusals = [NotHeld, NoData, TooMuch],
            Sample = """{"operationName":"AttachUserData","userData":{"OrderNo":"A-1199"}}""",
        },
        new("UpdateUserData", "ChatUpdateUserData", "Overwrites pairs of the user data, leaves the others, adds new ones.")
        {
            Parameters = [Parameters.Data],
            Refusals = [NotHeld, NoData, TooMuch],
            Sample = """{"operationName":"UpdateUserData","userData":{"OrderNo":"A-1200","Segment":null}}""",
        },
        new("DeleteUserData", "ChatDeleteUserData", "Removes keys from the user data; a key that is not there is no error.")
        {
            Parameters = [new("keys", ParameterKind.Texts, Need.Required, "The keys.")],
            Refusals = [NotHeld, new(1, "`keys` is missing or empty.")],
            Sample = """{"operationName":"DeleteUserData","keys":["OrderNo"]}""",
        },
    ];

    private static RefusalEntry NotChatting => Parameters.NotIn("Chatting");

    private static RefusalEntry NotHeld => Parameters.NotIn("Chatting, LeftChat or JoinFailed");

    private static RefusalEntry NoText => new(1, "`text` is missing or empty.");

    private static RefusalEntry NoNotice => new(1, "`noticeText` is missing or empty.");

    private static RefusalEntry NoData => new(1, "`userData` is missing or empty.");

    private static RefusalEntry TooLong => new(2, "`text` is too long, or the transcript is full.");

    private static RefusalEntry TooMuch => new(2, "There would be too much user data.");

    private static RefusalEntry Hidden => new(3, "The customer does not see the caller: a consultant, a monitor or a coach.");

    private static RefusalEntry NoOtherAgent => new(2, "The chat is not Chatting for the caller, or no other agent is on it.");

    private static OperationEntry Typing(string name, string summary) => new(name, $"Chat{name}", summary)
    {
        Refusals = [NotChatting, Hidden],
        Sample = $$"""{"operationName":"{{name}}"}""",
    };

    private static OperationEntry Notice(string name, string summary) => new(name, $"Chat{name}", summary)
    {
        Parameters = [new("noticeText", ParameterKind.Text, Need.Required, "The signal.")],
        Sample = $$"""{"operationName":"{{name}}","noticeText":"cobrowse:start"}""",
    };
}
