using System.Text.Json.Nodes;
using Parley.Server.Documents;

namespace Parley.Server.Customers;

/// <summary>What customers are pushed, for the document of what is told over CometD.</summary>
internal static class GmsCometdDescription
{
    public const string Meaning = """
        GMS Chat Version 2. Publish `{"operation":"requestChat","nickname":"Ada"}` with the fields that the same request over HTTP
        has; then, with the `secureKey` of the first push, `requestNotifications` (after each handshake, from `transcriptPosition`
        on), `refresh`, `sendMessage`, `startTyping`, `stopTyping`, `customNotice`, `updateData`, `updateNickname`, `pushUrl`,
        `readReceipt`, `disconnect`. With an `idempotencyKey` of the client's own the same publish again counts once. A publish is
        acknowledged whatever comes of it; results and errors are pushed, with or without a subscription.
        """;

    private const string Address = "/service/chatV2/{service}";

    public static JsonObject Server(JsonObject host) => new()
    {
        ["host"] = "{host}",
        ["pathname"] = "/genesys/cometd",
        ["protocol"] = "http",
        ["description"] = "Customers, without credentials: CometD over long-polling, or over a WebSocket at the same address.",
        ["variables"] = new JsonObject { ["host"] = host },
    };

    public static JsonObject Channel(Schemas schemas) => new()
    {
        ["address"] = Address,
        ["description"] = Meaning,
        ["parameters"] = new JsonObject
        {
            ["service"] = new JsonObject { ["description"] = "The chat service, one that the contact centre's file names." },
        },
        ["messages"] = new JsonObject
        {
            ["GmsAnswer"] = new JsonObject
            {
                ["name"] = "GmsAnswer",
                ["title"] = "GmsAnswer",
                ["summary"] = "What happened in the chat, or what became of a publish.",
                ["x-source"] = "ChatAPIv2CometD",
                ["payload"] = Shape.Object(
                    ("channel", Shape.Text("The service's channel.")), ("data", GmsDescription.Done.Schema(schemas))),
            },
        },
    };
}
