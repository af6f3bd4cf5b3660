using System.Text.Json.Nodes;
using Parley.Server.Customers;

namespace Parley.Server.Documents;

/// <summary>The AsyncAPI 3.0 document of what is told over CometD, written once, when it is first asked for.</summary>
internal sealed class AsyncApiDocument(DocComments comments)
{
    private const string About = """
        What a Parley contact centre tells over CometD (Bayeux): customers at `/genesys/cometd`, on a channel that says how; agents
        and supervisors at `/api/v2/notifications`, as follows. Handshake with
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

    private const string AgentsServer = "agents";
    private const string CustomersServer = "customers";

    private readonly Lazy<byte[]> bytes = new(() => OpenApiDocument.Bytes(Write(comments)));

    public byte[] Json => bytes.Value;

    private static JsonObject Write(DocComments comments)
    {
        var schemas = new Schemas(comments);
        var topics = TopicCatalog.Topics;
        var document = new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = OpenApiDocument.Info("Parley notifications", About),
            ["defaultContentType"] = "application/json",
            ["servers"] = Servers(),
            ["channels"] = Members(
                topics, t => Key(t.Topic), t => Of(AgentsServer, Channel(t.Topic, t.Meaning, schemas, comments))),
            ["operations"] = Members(topics, t => $"tell-{Key(t.Topic)}", t => Tell(Key(t.Topic), t.Meaning)),
        };
        document["channels"]!["gms-chat"] = Of(CustomersServer, GmsCometdDescription.Channel(schemas));
        document["operations"]!["tell-gms-chat"] = Tell("gms-chat", "What happens in a customer's chat.");
        document["components"] = new JsonObject { ["schemas"] = schemas.All, ["securitySchemes"] = SecuritySchemes() };
        return document;
    }

    private static JsonObject Tell(string channel, string meaning) => new()
    {
        ["action"] = "send",
        ["channel"] = Reference($"#/channels/{channel}"),
        ["summary"] = meaning,
    };

    private static JsonObject Of(string server, JsonObject channel)
    {
        channel["servers"] = new JsonArray(Reference($"#/servers/{server}"));
        return channel;
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
        [CustomersServer] = GmsCometdDescription.Server(Host()),
        [AgentsServer] = new JsonObject
        {
            ["host"] = "{host}",
            ["pathname"] = "/api/v2/notifications",
            ["protocol"] = "http",
            ["description"] = "CometD over long-polling, or over a WebSocket at the same address.",
            ["variables"] = new JsonObject { ["host"] = Host() },
            ["security"] = new JsonArray(
                Reference("#/components/securitySchemes/basic"), Reference("#/components/securitySchemes/session")),
        },
    };

    private static JsonObject Host() => new() { ["default"] = "127.0.0.1:8090" };

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
