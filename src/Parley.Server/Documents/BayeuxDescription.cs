using System.Text.Json.Nodes;

namespace Parley.Server.Documents;

/// <summary>What a CometD endpoint takes and answers, for the document of the API.</summary>
internal static class BayeuxDescription
{
    public static IReadOnlyList<ServedPath> Paths { get; } =
    [
        new(
            "POST", "", "Bayeux messages, and what waits for the session: `/asyncapi/v1.json` tells what is said.",
            new Answer(_ => Messages()) { Meaning = "The replies to the messages, and events." }, new Body(_ => Messages())),
        new(
            "GET", "", "Opens a WebSocket for Bayeux messages; callback-polling is not offered.",
            new Answer(_ => Messages()) { Meaning = "The WebSocket is open: each of its texts, either way, is such a list." }),
    ];

    private static JsonObject Messages() => Shape.ListOf(new JsonObject { ["type"] = "object" }, "Bayeux messages.");
}

/// <summary>What is refused before any Bayeux message is looked at.</summary>
internal sealed class BayeuxRefusals : IOwnRefusals
{
    public void AddTo(JsonObject responses, Schemas schemas) =>
        responses["400"] = new JsonObject { ["description"] = "The request is neither a list of Bayeux messages nor opens a WebSocket." };
}
