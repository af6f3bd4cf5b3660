using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>A group with sub-resources, as the document of the API shows it.</summary>
internal static class GroupDescription
{
    private const string DispositionTree = "DispositionGroupWithSubresources";

    /// <summary>What is at the address of a group: a business unit, or dispositions.</summary>
    public static JsonObject Schema(Schemas schemas) => Shape.AnyOf(BusinessUnit(schemas), Dispositions(schemas));

    private static JsonObject Dispositions(Schemas schemas) => schemas.Add(DispositionTree, () =>
    {
        var group = schemas.Whole(RestJson.Default.DispositionGroupResource);
        group["required"] = Shape.Names(["id", "uri"]);
        group["properties"]!["dispositions"] = Shape.ListOf(schemas.Of(RestJson.Default.DispositionResource));
        group["properties"]!["groups"] = Shape.ListOf(schemas.Named(DispositionTree));
        return group;
    });

    private static JsonObject BusinessUnit(Schemas schemas) => schemas.Add("GroupWithSubresources", () =>
    {
        var group = schemas.Whole(RestJson.Default.GroupResource);
        group["required"] = Shape.Names(["id", "uri"]);
        group["description"] =
            "The business unit, in full or with the properties that `fields` names, and its sub-resources, if asked for.";
        group["properties"]!["users"] = Shape.ListOf(schemas.Of(RestJson.Default.MemberResource));
        group["properties"]!["supervisors"] = Shape.ListOf(schemas.Of(RestJson.Default.MemberResource));
        group["properties"]!["skills"] = Shape.ListOf(schemas.Of(RestJson.Default.SkillResource));
        group["properties"]!["queues"] = Shape.ListOf(schemas.Of(RestJson.Default.QueueResource));
        return group;
    });
}
