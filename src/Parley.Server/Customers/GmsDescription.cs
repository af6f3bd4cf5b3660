using System.Text.Json.Nodes;
using Parley.Server.Documents;

namespace Parley.Server.Customers;

/// <summary>What GMS Chat takes and answers, for the document of the API.</summary>
internal static class GmsDescription
{
    public const string Tag = "Customers: GMS Chat";

    private static readonly string[] MediaTypes =
        ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];

    private static readonly string[] Multipart = ["multipart/form-data"];

    private static readonly (string, JsonObject)[] Position =
    [
        ("transcriptPosition?", new JsonObject { ["type"] = new JsonArray("integer", "string") }.Meaning(
            "From where on to answer messages: the `nextPosition` of an earlier answer, 1 for all, 0 for none, "
            + "-1 for the last.")),
    ];

    private static readonly (string, JsonObject) Data = ("userData?", new JsonObject { ["type"] = "object" }.Meaning(
        "Further data; in a form, one field for each: `userData[key]`."));

    private static readonly (string, JsonObject) Attributes = (
        "eventAttributes?", Shape.AnyObject("Structured content beside the text; in a form, the object as text."));

    private static readonly (string, JsonObject) Preview = (
        "message?", Shape.Text("What stands in the input box; agents see it where the service shows it."));

    /// <summary>The fields that begin a chat.</summary>
    public static Body Request { get; } = Fields(
        ("nickname?", Shape.Text("The name that agents see; first and last name if absent.")),
        ("firstName?", Shape.Text()), ("lastName?", Shape.Text()), ("emailAddress?", Shape.Text()),
        ("subject?", Shape.Text("What the chat is about.")),
        ("text?", Shape.Text("The first message.")),
        Data);

    /// <summary>What every operation answers that was done, or found the chat at its end.</summary>
    public static Answer Done { get; } = new(schemas => schemas.Add("GmsAnswer", () => Shape.Object(
        ("statusCode", new JsonObject { ["type"] = "integer", ["enum"] = new JsonArray(0, 1, 2) }.Meaning(
            "0 is done; 1 is to be tried again, the chat goes on; 2 is an error.")),
        ("chatId?", Shape.Text("The chat's id.")), ("chatEnded", Shape.Truth("Whether there is nothing more to come.")),
        ("userId?", Shape.Text("The customer's id in the chat.")),
        ("secureKey?", Shape.Text("Shows that the caller is the customer; to be sent with every request.")),
        ("alias?", Shape.Text("Always the same; clients send it along.")),
        ("nextPosition?", Shape.Whole("The `transcriptPosition` to ask for next.")),
        ("userData?", Texts("Further results: the `file-id` of a file that was sent.")),
        ("idleTimerExpire?", Shape.Whole("The seconds until the next step against a quiet chat, while a warning is pending.")),
        ("messages", Shape.ListOf(Message(schemas), "What happened, in order.")),
        ("errors?", Shape.ListOf(Error(schemas), "What is wrong; never empty.")))
        .Meaning("The answer of every operation of GMS Chat.")));

    /// <summary>The fields of a question whether a chat can begin: none.</summary>
    public static Body Question { get; } = Fields();

    /// <summary>Whether a chat can begin now.</summary>
    public static Answer Availability { get; } = Answer.With(
        ("open", _ => Shape.Truth("Whether a chat can begin now.")),
        ("waiting", _ => Shape.Whole("How many wait in the queue of the service.")),
        ("position?", _ => Shape.Whole("The place in the queue of a chat that began now, while the service is open.")),
        ("estimatedWait?", _ => Shape.Text("The minutes it is likely to wait, such as `2-5` or `3`, or `unknown`.")));

    /// <summary>The operations of a chat that has begun.</summary>
    public static IReadOnlyList<ServedPath> Operations { get; } =
    [
        Of("refresh", "The customer is there and asks for what happened.", Preview),
        Of("send", "The customer says something.",
            ("message", Shape.Text("What to say; not empty.")),
            ("messageType?", Shape.Text("A free label that is kept with the message.")), Attributes),
        Of("startTyping", "The customer is typing.", Preview),
        Of("stopTyping", "The customer has stopped typing."),
        Of("customNotice", "The customer's program sends a signal to those of agents.",
            ("message?", Shape.Text("What the signal says.")), Attributes),
        Of("updateData", "The customer adds to the user data of the chat.", Data),
        Of("updateNickname", "The customer goes by another name.", ("nickname", Shape.Text("The name that agents see."))),
        Of("pushUrl", "The customer sends the address of a page.",
            ("pushUrl", Shape.Text("An absolute http or https address."))),
        Of("readReceipt", "The customer has read; `transcriptPosition` is the index of the last event that was."),
        Of("disconnect", "The customer leaves; doing it again changes nothing."),
    ];

    /// <summary>The fields that send a file.</summary>
    public static Body File { get; } = new(
        _ => Shape.Object(Whole("file"), Secret, ("userData[file-description]?", Shape.Text("What the file is."))), Multipart);

    /// <summary>The fields of what needs nothing but the key.</summary>
    public static Body Key { get; } = Fields(Secret);

    /// <summary>The fields of an operation with files beside CometD.</summary>
    public static Body Notification { get; } = new(
        _ => Shape.Object(
            Secret,
            ("operation?", Shape.OneOfTexts("fileUpload", "fileGetLimits", "fileGetsLimits", "fileDownload", "fileDelete")
                .Meaning("With a file it may be left out.")),
            Whole("file?"), ("fileId?", Shape.Text("The file to download or to delete."))),
        MediaTypes);

    private static (string, JsonObject) Secret => ("secureKey", Shape.Text("The key of the chat."));

    private static (string, JsonObject) Whole(string name) =>
        (name, new JsonObject { ["type"] = "string", ["format"] = "binary", ["description"] = "The file." });

    private static JsonObject Texts(string meaning) =>
        new JsonObject { ["type"] = "object", ["additionalProperties"] = Shape.Text() }.Meaning(meaning);

    private static ServedPath Of(string operation, string summary, params (string, JsonObject)[] fields) => new(
        "POST", operation, summary, Done,
        Fields([Secret, .. fields, .. Position]));

    private static Body Fields(params (string Name, JsonObject Value)[] fields) => new(
        _ => Shape.Object(fields.Select(f => (f.Name, Copy(f.Value)))), MediaTypes);

    private static JsonObject Copy(JsonObject schema) => schema.DeepClone().AsObject();

    private static JsonObject Message(Schemas schemas) => schemas.Add("GmsMessage", () => Shape.Object(
        ("index?", Shape.Whole(
            "The place in the transcript, from 1 on; what is not for customers leaves gaps, and the limits of files have none.")),
        ("type", Shape.OneOfTexts(
            "ParticipantJoined", "ParticipantLeft", "Message", "TypingStarted", "TypingStopped", "PushUrl", "Notice",
            "CustomNotice", "NicknameUpdated", "FileUploaded", "FileDeleted", "IdleAlert", "IdleClose")
            .Meaning("What happened.")),
        ("from", Shape.Object(
            ("nickname", Shape.Text()), ("participantId", Shape.Whole()),
            ("type", Shape.OneOfTexts("Client", "Agent", "Supervisor", "External"))).Meaning("Who did it.")),
        ("utcTime", Shape.Whole("Milliseconds since 1970 in UTC.")),
        ("text?", Shape.Text("What was said; the link, the signal or the file's name.")),
        ("messageType?", Shape.Text("The sender's free label.")),
        ("userData?", Texts("What belongs to a file, to the limits of files or to a warning of silence.")),
        ("eventAttributes?", Shape.AnyObject(
            "What the sender put beside the text; at the customer's exit why the session ended, unless the customer ended it.")))
        .Meaning("One entry of the transcript."));

    private static JsonObject Error(Schemas schemas) => schemas.Add("GmsError", () => Shape.Object(
        ("code", Shape.Whole("What went wrong, for programs.")), ("message", Shape.Text("The same for people.")),
        ("text", Shape.Text("`message` again.")),
        ("advice", Shape.Text("What to change."))).Meaning("What is wrong with a request of GMS Chat."));
}

/// <summary>The refusals of GMS Chat: the same object as its answers.</summary>
internal sealed class GmsRefusals : IOwnRefusals
{
    public void AddTo(JsonObject responses, Schemas schemas)
    {
        foreach (var (status, meaning) in new[]
        {
            ("400", "`statusCode` 2: the request is wrong; `errors` says how. The chat goes on."),
            ("404", "`statusCode` 2: there is no such chat service, or no such file."),
            ("429", "`statusCode` 1: too many requests; the header Retry-After says when to try again."),
        })
        {
            responses[status] = new JsonObject
            {
                ["description"] = meaning,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = GmsDescription.Done.Schema(schemas) },
                },
            };
        }
    }
}
