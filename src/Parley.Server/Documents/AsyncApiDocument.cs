using System.Text.Json.Nodes;

namespace Parley.Server.Documents;

/// <summary>The AsyncAPI 3.0 document of what is told over CometD, written once, when it is first asked for.</summary>
internal sealed class AsyncApiDocument(DocComments comments)
{
    private const string About = """
        What a Parley contact centre tells agents and supervisors, over CometD (Bayeux) at `/api/v2/notifications`: handshake with
        Basic credentials or the session's cookie, subscribe to the topics below, connect. A topic carries what concerns the
        caller alone.
        An event is `{"channel":…,"data":…}`; `messageType` says what else `data` has and `notificationType` narrows it.
        Events come
        in the order in which they happened, once for each session, and only for what would survive a crash; after a new
        handshake read
        the present state over HTTP, which `/openapi/v1.json` describes. Ignore members and messages that are not known.
        Clients only
        listen: what they publish is refused.
        """;

    private readonly Lazy<byte[]> bytes = new(() => OpenApiDocument.Bytes(Write(comments)));

    public byte[] Json => bytes.Value;

    private static JsonObject Write(DocComments comments)
    {
        var schemas = new Schemas(comments);
        var topics = TopicCatalog.Topics;
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = OpenApiDocument.Info("Parley notifications", About),
            ["defaultContentType"] = "application/json",
            ["servers"] = Servers(),
            ["channels"] = Members(topics, t => Key(t.Topic), t => Channel(t.Topic, t.Meaning, schemas, comments)),
            ["operations"] = Members(topics, t => $"tell-{Key(t.Topic)}", t => new JsonObject
            {
                ["action"] = "send",
                ["channel"] = Reference($"#/channels/{Key(t.Topic)}"),
                ["summary"] = t.Meaning,
            }),
            ["components"] = new JsonObject { ["schemas"] = schemas.All, ["securitySchemes"] = SecuritySchemes() },
        };
    }

    private static JsonObject Channel(string topic, string meaning, Schemas schemas, DocComments comments) => new()
    {
        ["address"] = topic,
        ["description"] = meaning,
        ["messages"] = Members(
            TopicCatalog.Notices.Where(n => n.Topic == topic && n.Message is not null), n => n.MessageType,
            n => Message(n, schemas, comments)),
    };

    private static JsonObject Message(NoticeEntry notice, Schemas schemas, DocComments comments)
    {
        var comment = comments.Of(notice.Message!.Type);
        return new JsonObject
        {
            ["name"] = notice.MessageType,
            ["title"] = notice.MessageType,
            ["summary"] = comment.Summary,
            ["description"] = comment.Remarks,
            ["x-source"] = comment.Source,
            ["payload"] = Shape.Object(("channel", Shape.Always(notice.Topic)), ("data", Data(notice, schemas))),
        };
    }

    /// <summary>The record's schema, with the words of this topic where the record has any text.</summary>
    private static JsonObject Data(NoticeEntry notice, Schemas schemas) => schemas.Add(notice.MessageType, () =>
    {
        var data = schemas.Whole(notice.Message!);
        data["properties"]!["messageType"] = Shape.Always(notice.MessageType).Meaning("What the message is.");
        if (notice.NotificationTypes.Count > 0)
        {
            data["properties"]!["notificationType"]!["enum"] = Shape.Names(notice.NotificationTypes);
        }
        return data;
    });

    private static JsonObject Servers() => new()
    {
        ["parley"] = new JsonObject
        {
            ["host"] = "{host}",
            ["pathname"] = "/api/v2/notifications",
            ["protocol"] = "http",
            ["description"] = "CometD over long-polling, or over a WebSocket at the same address.",
            ["variables"] = new JsonObject { ["host"] = new JsonObject { ["default"] = "127.0.0.1:8090" } },
            ["security"] = new JsonArray(
                Reference("#/components/securitySchemes/basic"), Reference("#/components/securitySchemes/session")),
        },
    };

    private static JsonObject SecuritySchemes() => new()
    {
        ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
        ["session"] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "cookie", ["name"] = Accounts.HttpSession.CookieName },
    };

    private static string Key(string topic) => topic.Trim('/').Replace('/', '-');

    private static JsonObject Reference(string target) => new() { ["$ref"] = target };

    private static JsonObject Members<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonObject> value) =>
        new(items.Select(item => KeyValuePair.Create(name(item), (JsonNode?)value(item))));
}
