using Parley.Server.Documents;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>What questions about the history answer, for the document of the API.</summary>
internal static class HistoryDescription
{
    private static readonly (string, Func<Schemas, System.Text.Json.Nodes.JsonObject>) Reference =
    (
        "referenceId?",
        _ => Shape.Whole("The number that the answer on `/v2/ucs/interactions` will carry; unless `async` is false."));

    /// <summary>What lists answer.</summary>
    public static Answer Chats { get; } = Answer.With(
        Reference,
        ("totalCount?", _ => Shape.Whole("How many chats fit, on all pages, counted up to a limit; with `async` false.")),
        ("isComplete?", _ => Shape.Truth("False when the history did not know yet all that had been stored; absent otherwise.")),
        ("interactions?", schemas => Shape.ListOf(
            schemas.Of(ChatJson.Default.PastInteractionResource), "The chats; with `async` false."))) with
    {
        Meaning = "The question was taken, or with `async` false its answer.",
    };

    /// <summary>What the content of one chat answers.</summary>
    public static Answer Content { get; } = Answer.With(
        Reference,
        ("interaction?", schemas => schemas.Of(ChatJson.Default.PastInteractionResource)),
        ("messages?", schemas => Shape.ListOf(
            schemas.Of(ChatJson.Default.MessageResource), "What was said; with `async` false."))) with
    {
        Meaning = "The question was taken, or with `async` false its answer.",
    };
}
