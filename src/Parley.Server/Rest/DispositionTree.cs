using System.Text.Json;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>
/// Groups of dispositions at <c>/api/v2/groups?type=dispositions</c> and <c>/groups/{id}</c>, beside the business units.
/// </summary>
/// <remarks>
/// Their sub-resources are <c>dispositions</c> and <c>groups</c>, the folders in them; <c>subresources=**</c> is the whole tree.
/// Source: "Hierarchical Dispositions API".
/// </remarks>
internal static class DispositionTree
{
    private static readonly Columns<DispositionGroup> Columns = new([("id", g => [g.Id]), ("name", g => [g.Name])]);

    private static readonly Subresources<Source> Subresources = new(
    [
        ("dispositions", (w, of) => JsonSerializer.Serialize(
            w, [.. of.Group.Dispositions.Select(DispositionResource.Of)], RestJson.Default.IReadOnlyListDispositionResource)),
        ("groups", WriteGroups),
    ]);

    /// <summary>The groups at the top, as the user sees them.</summary>
    public static ApiAnswer List(
        User user, DispositionGroups groups, Links links, Fields fields, Selection selection, string? subresources)
    {
        var page = selection.Of(groups.RootsFor(user), Columns);
        var chosen = groups.DefaultOf(user)?.Name;
        return fields.AreAsked || !string.IsNullOrEmpty(subresources)
            ? page.Answer("groups", (w, group) => Write(w, new(group, chosen, links, subresources), fields))
            : page.Answer("uris", (w, group) => w.WriteStringValue(links.Uri(Links.PathOfGroup(group.Id))));
    }

    /// <summary>One group, at whatever depth; null if there is none of the id.</summary>
    public static ApiAnswer? Read(
        string id, User user, DispositionGroups groups, Links links, Fields fields, string? subresources) =>
        groups.ById(id) is { } group
            ? ApiAnswer.With(writer =>
            {
                writer.WritePropertyName("group");
                Write(writer, new(group, groups.DefaultOf(user)?.Name, links, subresources), fields);
            })
            : null;

    private static void Write(Utf8JsonWriter writer, Source of, Fields fields) => fields.Write(
        writer, DispositionGroupResource.Of(of.Group, of.Default, of.Links), RestJson.Default.DispositionGroupResource,
        w => Subresources.Write(w, of, of.Chosen));

    private static void WriteGroups(Utf8JsonWriter writer, Source of)
    {
        var deeper = of.Chosen == "**" ? of.Chosen : null;
        writer.WriteStartArray();
        foreach (var group in of.Group.Groups) Write(writer, of with { Group = group, Chosen = deeper }, Fields.All);
        writer.WriteEndArray();
    }

    /// <summary>What sub-resources are made from, and which of them are asked for.</summary>
    private sealed record Source(DispositionGroup Group, string? Default, Links Links, string? Chosen);
}
