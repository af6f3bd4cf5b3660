using Parley.Server.Rest;

namespace Parley.Server.Documents;

/// <content>What can be found out about chats that were.</content>
internal static partial class OperationCatalog
{
    /// <summary>Operations on the history.</summary>
    public static IReadOnlyList<OperationEntry> OfHistory { get; } =
    [
        new("RetrieveInteractionHistory", "CHGetInteractions", "Finds chats that began in a span of time.")
        {
            Parameters =
            [
                .. Finding,
                new("userId", ParameterKind.Text, Need.Optional,
                    "The agent who took part. Agents who name no contact find their own chats only."),
                new("contactId", ParameterKind.Text, Need.Optional, "Whose chats; an addition of Parley's."),
            ],
            Refusals = [.. Unfindable, new(5, "`userId` is somebody else, and the caller is no supervisor.")],
            AnswersAlso = ["referenceId"],
            Sample = """{"operationName":"RetrieveInteractionHistory","fromDate":"2026-10-01","sort":"desc"}""",
        },
        new("RetrieveContactHistory", "CHGetContactInteractions", "Finds chats of one contact that began in a span of time.")
        {
            Parameters = [.. Finding, new("userId", ParameterKind.Text, Need.Optional, "The agent who took part.")],
            Refusals = [.. Unfindable, new(6, "There is no such contact.")],
            AnswersAlso = ["referenceId"],
            Sample = """{"operationName":"RetrieveContactHistory","async":false,"searchText":"invoice \"paid twice\""}""",
        },
        new("GetInteractionContent", "CHGetInteractionContent", "Reads a chat and what was said in it.")
        {
            Parameters = [Attributes, Async],
            Refusals = [new(6, "There is no such chat, or none that the caller may see.")],
            AnswersAlso = ["referenceId"],
            Sample = """{"operationName":"GetInteractionContent","async":false}""",
        },
    ];

    private static ParameterEntry Attributes => new(
        "customAttributes", ParameterKind.Texts, Need.Optional, "Names of user data to tell with each chat.");

    private static ParameterEntry Async => new(
        "async", ParameterKind.Switch, Need.Optional,
        "False for the result in the answer itself; otherwise it is told on `/v2/ucs/interactions`.");

    private static IEnumerable<ParameterEntry> Finding =>
    [
        new("fromDate", ParameterKind.Text, Need.Optional,
            "The first day of UTC, `2026-11-02`, or moment, `2026-11-02T09:14:05.000+0100`; a month before `toDate` if absent."),
        new("toDate", ParameterKind.Text, Need.Optional, "The last day or moment; today if absent."),
        new("mediaType", ParameterKind.Text, Need.Optional, "The medium, in any case; chats alone are kept.")
        {
            Values = HistoryParameters.Media,
        },
        new("sort", ParameterKind.Text, Need.Optional, "By start, the newest first if absent.") { Values = ["desc", "asc"] },
        new("maxSize", ParameterKind.Number, Need.Optional, "The most chats to tell; 100 if absent."),
        new("offset", ParameterKind.Number, Need.Optional, "How many to pass over; an addition of Parley's."),
        new("source", ParameterKind.Text, Need.Optional, "Where to look: there is no archive.") { Values = ["main", "archive"] },
        Attributes,
        new("searchCustomAttributes", ParameterKind.Data, Need.Optional, "User data that the chats have, each value whole."),
        new("searchText", ParameterKind.Text, Need.Optional,
            "Words that have to have been said, in any case and order; quoted, in this order; with `*` at the end, their "
            + "beginning. An addition of Parley's."),
        new("queue", ParameterKind.Text, Need.Optional,
            "The name or the id of a queue in which the chats were; an addition of Parley's."),
        new("disposition", ParameterKind.Text, Need.Optional, "How the chats were disposed of; an addition of Parley's."),
        Async,
    ];

    private static IEnumerable<RefusalEntry> Unfindable =>
    [
        new(2, "`source` is `archive`, or `searchText` is too long."),
        new(10, "A date, a number or a value is not one that there can be, or there is too much of something."),
        new(4, "The history cannot be read, or the search took too long."),
    ];
}
