using System.Text.Json.Nodes;
using Parley.Server.Documents;

namespace Parley.Server.Customers;

/// <summary>What GWS Customer Chat takes and answers, for the document of the API.</summary>
internal static class GwsDescription
{
    public const string Tag = "Customers: GWS Customer Chat";

    /// <summary>The fields that begin a chat.</summary>
    public static Body Request { get; } = new(_ => Shape.Object(
        ("operationName", Shape.Always("RequestChat")),
        ("nickname", Shape.Text("The name that agents see.")),
        ("endpoint?", Shape.Text("The queue; that of the service if absent.")),
        ("firstName?", Shape.Text()), ("lastName?", Shape.Text()), ("emailAddress?", Shape.Text()),
        ("subject?", Shape.Text("What the chat is about.")),
        ("text?", Shape.Text("The first message.")),
        ("userData?", new JsonObject { ["type"] = "object" }.Meaning("Further data."))));

    /// <summary>What the customer does in a chat.</summary>
    public static Body Operation { get; } = new(schemas => Shape.AnyOf(
        Does(schemas, "SendMessage", "The customer says something.", ("text", Shape.Text("What to say; not empty."))),
        Does(
            schemas, "SendStartTypingNotification", "The customer is typing.",
            ("text?", Shape.Text("What stands in the input box; agents see it where the service shows it."))),
        Does(schemas, "SendStopTypingNotification", "The customer has stopped typing."),
        Does(schemas, "Complete", "The customer leaves; doing it again changes nothing.")));

    /// <summary>The answer that begins a chat.</summary>
    public static Answer Begun { get; } = Answer.With(
        ("id", _ => Shape.Text("Shows that the caller is the customer: whoever knows it is.")),
        ("path", _ => Shape.Text("The chat's address.")));

    /// <summary>The state of a chat.</summary>
    public static Answer Chat { get; } = Answer.With(("chat", schemas => schemas.Add("GwsChat", () => Shape.Object(
        ("capabilities", Shape.ListOf(Shape.Text(), "The operations that are possible now.")),
        ("id", Shape.Text()),
        ("participants", Shape.ListOf(Participant(schemas), "Who is in the session.")),
        ("state", Shape.OneOfTexts("WaitingForAgent", "Chatting", "Idle")))
        .Meaning("A chat as its customer sees it."))));

    /// <summary>Entries of the transcript.</summary>
    public static Answer Messages { get; } = Answer.With(("messages", schemas => Shape.ListOf(
        schemas.Add("GwsMessage", () => Shape.Object(
            ("from", Participant(schemas)),
            ("index", Shape.Whole("The place in the transcript, from 1 on; what is not for customers leaves gaps.")),
            ("type", Shape.OneOfTexts(
                "Text", "ParticipantJoined", "ParticipantLeft", "ParticipantRejoined", "TypingStarted", "TypingStopped",
                "TranscriptSaveDone")),
            ("text?", Shape.Text()), ("timestamp", Shape.Text("When, as text.")))
            .Meaning("One entry of the transcript, for its customer.")))));

    private static JsonObject Does(
        Schemas schemas, string operation, string meaning, params (string, JsonObject)[] fields) =>
        schemas.Add($"Customer{operation}", () => Shape.Object(
            [("operationName", Shape.OneOfTexts(operation)), .. fields.Select(f => (f.Item1, f.Item2.DeepClone().AsObject()))])
            .Meaning(meaning));

    private static JsonObject Participant(Schemas schemas) => schemas.Add("GwsParticipant", () => Shape.Object(
        ("nickname", Shape.Text()), ("participantId", Shape.Text()),
        ("type", Shape.OneOfTexts("Customer", "Agent", "External"))).Meaning("Somebody in a customer's chat."));
}

/// <summary>The refusals of GWS Customer Chat: those of the agents' API that can befall somebody who does not sign in.</summary>
internal sealed class GwsRefusals : IOwnRefusals
{
    public void AddTo(JsonObject responses, Schemas schemas)
    {
        foreach (var status in (int[])[400, 401, 403, 404, 413, 429, 500, 503]) OpenApiRefusals.Add(responses, status);
    }
}
