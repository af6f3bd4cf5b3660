using System.Text.Json.Nodes;

namespace Parley.Server.Documents;

/// <summary>
/// Two operations of one method at one address, which the id of the request tells apart: OpenAPI has room for one.
/// </summary>
internal static class SharedAddress
{
    /// <summary>Writes into the first what the second takes, answers and asks besides.</summary>
    public static void Merge(JsonObject first, JsonObject second)
    {
        first["summary"] = $"{first["summary"]} {second["summary"]}";
        AddMissing(first, second, "tags", tag => tag.ToJsonString());
        AddMissing(first, second, "parameters", parameter => $"{parameter["in"]} {parameter["name"]}");
        first["security"] = new JsonArray([.. Ways(first), .. Ways(second)]);
        if (first["requestBody"] is JsonObject body && second["requestBody"] is JsonObject other) MergeContent(body, other);
        foreach (var (status, response) in second["responses"]!.AsObject().ToList())
        {
            if (first["responses"]![status] is not JsonObject there) first["responses"]![status] = response!.DeepClone();
            else if (there["content"] is not null) MergeContent(there, response!.AsObject());
        }
    }

    /// <summary>The ways to be let in; nobody asking is a way too.</summary>
    private static IEnumerable<JsonNode> Ways(JsonObject operation) =>
        operation["security"]!.AsArray() is { Count: > 0 } ways ? ways.Select(w => w!.DeepClone()) : [new JsonObject()];

    private static void AddMissing(JsonObject first, JsonObject second, string list, Func<JsonNode, string> identity)
    {
        if (second[list] is not JsonArray more) return;
        var all = first[list]?.AsArray() ?? [];
        if (all.Parent is null) first[list] = all;
        var known = all.Select(n => identity(n!)).ToHashSet();
        foreach (var node in more.Where(n => known.Add(identity(n!)))) all.Add(node!.DeepClone());
    }

    private static void MergeContent(JsonObject first, JsonObject second)
    {
        foreach (var (type, content) in second["content"]!.AsObject())
        {
            if (first["content"]![type] is not JsonObject there) first["content"]![type] = content!.DeepClone();
            else
            {
                there["schema"] = Shape.AnyOf(
                    there["schema"]!.DeepClone().AsObject(), content!["schema"]!.DeepClone().AsObject());
            }
        }
    }
}
