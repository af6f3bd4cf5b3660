using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Server.Accounts;
using Parley.Server.Rest;

namespace Parley.Server.Documents;

/// <summary>The OpenAPI 3.1 document of every endpoint that the server maps, written once, when it is first asked for.</summary>
internal sealed class OpenApiDocument(EndpointDataSource endpoints, DocComments comments)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string About = """
        Agents, supervisors and customers of a Parley contact centre over HTTP. Every answer of the agents' API is a JSON
        object that
        begins with `statusCode`: 0 with HTTP 200 when it succeeded, otherwise a number above 0 with `statusMessage`, and then
        nothing was changed. A success is answered once it would survive a crash. What changed is told over CometD, which
        `/asyncapi/v1.json` describes. Collections are lists of addresses unless `fields` asks for objects. Sign in with Basic
        credentials or the cookie that any answer gives; with CSRF protection on, requests with the cookie that change
        something repeat
        the header `X-CSRF-TOKEN` of an earlier answer.
        """;

    private readonly Lazy<byte[]> bytes = new(() => Bytes(Write(endpoints, comments)));

    public byte[] Json => bytes.Value;

    /// <summary>A document as it is served.</summary>
    public static byte[] Bytes(JsonObject document) => Encoding.UTF8.GetBytes(document.ToJsonString(Indented));

    private static JsonObject Write(EndpointDataSource endpoints, DocComments comments)
    {
        var schemas = new Schemas(comments);
        var operations = new OpenApiOperations(schemas, comments);
        var described = endpoints.Endpoints.OfType<RouteEndpoint>().Where(OpenApiOperations.IsDescribed).ToList();
        var paths = new JsonObject();
        var all = described.SelectMany(operations.Of).OrderBy(o => o.Path, StringComparer.Ordinal);
        foreach (var (path, method, operation) in all)
        {
            if (!paths.ContainsKey(path)) paths[path] = new JsonObject();
            if (paths[path]![method] is JsonObject there) SharedAddress.Merge(there, operation);
            else paths[path]![method] = operation;
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info("Parley", About),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = Tags(described, comments),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["responses"] = OpenApiRefusals.All(schemas, comments),
                ["schemas"] = schemas.All,
                ["securitySchemes"] = SecuritySchemes(),
            },
        };
    }

    /// <summary>The head of a document.</summary>
    public static JsonObject Info(string title, string about) => new()
    {
        ["title"] = title,
        ["version"] = Diagnostics.Dialect,
        ["description"] = about.ReplaceLineEndings(" "),
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["url"] = "https://www.apache.org/licenses/LICENSE-2.0" },
    };

    private static JsonArray Tags(IEnumerable<RouteEndpoint> described, DocComments comments) => new(
    [
        .. described.GroupBy(OpenApiOperations.Tag).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(group => new JsonObject
        {
            ["name"] = group.Key,
            ["description"] = string.Join(
                ' ', group.Select(OpenApiOperations.Home).OfType<Type>().Distinct().Select(home => comments.Of(home).Summary)),
        }),
    ]);

    private static JsonObject SecuritySchemes() => new()
    {
        ["basic"] = new JsonObject { ["type"] = "http", ["scheme"] = "basic" },
        ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = HttpSession.CookieName },
    };
}
