using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Documents;

/// <summary>One of the served documents, as somebody reads it who knows nothing else of the server.</summary>
internal sealed class ApiDocument(JsonObject root)
{
    private readonly SchemaCheck check = new(root);

    public JsonObject Root => root;

    public SchemaCheck Check => check;

    public static async Task<ApiDocument> Read(HttpClient http, string path) =>
        new(JsonNode.Parse(await http.GetStringAsync(path))!.AsObject());

    /// <summary>Every operation of an OpenAPI document.</summary>
    public IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        from path in root["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select (path.Key, method.Key.ToUpperInvariant(), method.Value!.AsObject());

    /// <summary>Checks that the document describes this answer of an operation.</summary>
    public void Describes(string method, string path, int status, JsonNode body)
    {
        var operation = root["paths"]![path]?[method.ToLowerInvariant()];
        Assert.True(operation is not null, $"{method} {path} is not in the document.");
        Assert.True(operation["responses"]![$"{status}"] is not null, $"{method} {path} does not tell of HTTP {status}.");
        var response = check.Resolve(operation["responses"]![$"{status}"]!);
        Fits(response["content"]!["application/json"]!["schema"]!, body, $"{method} {path} {status}");
    }

    /// <summary>Checks that the document describes this event of an AsyncAPI document.</summary>
    public void Describes(JsonObject sent)
    {
        var topic = sent["channel"]!.GetValue<string>();
        var channel = root["channels"]!.AsObject().Select(c => c.Value!).Single(c => c["address"]!.GetValue<string>() == topic);
        var type = sent["data"]!["messageType"]!.GetValue<string>();
        var message = channel["messages"]!.AsObject().Select(m => m.Value!).Single(m => m["name"]!.GetValue<string>() == type);
        // what is the protocol's own beside them is not the document's affair
        var told = new JsonObject { ["channel"] = topic, ["data"] = sent["data"]!.DeepClone() };
        Fits(message["payload"]!, told, $"{topic} {type}");
    }

    public void Fits(JsonNode schema, JsonNode value, string what)
    {
        var misfits = check.Misfits(schema, value);
        Assert.True(misfits.Count == 0, $"{what}:\n{string.Join('\n', misfits)}\n{value.ToJsonString()}");
    }
}
