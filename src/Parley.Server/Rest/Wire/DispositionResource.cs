using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A disposition to choose: <c>{"name":"solved","displayName":"Solved"}</c>; the name is what is set.</summary>
internal sealed record DispositionResource(string Name, string DisplayName)
{
    public static DispositionResource Of(BusinessAttributeValue value) => new(value.Name, value.DisplayName);
}

/// <summary>A group of dispositions.</summary>
/// <remarks>
/// <c>{"id":"2-…","name":"DispositionCode","type":"dispositions","contains":["dispositions"],"defaultGroup":true,"uri":"…",
/// "path":"/groups/2-…"}</c>; <c>defaultGroup</c> on the one from which the user chooses, <c>parentUri</c> on a group in
/// another. Source: "Hierarchical Dispositions API".
/// </remarks>
internal sealed record DispositionGroupResource(
    string Id, string Name, string Type, IReadOnlyList<string> Contains, bool? DefaultGroup, string? ParentUri, string Uri,
    string Path)
{
    public const string Dispositions = "dispositions";

    public static DispositionGroupResource Of(DispositionGroup group, string? defaultAttribute, Links links)
    {
        var path = Links.PathOfGroup(group.Id);
        return new(
            group.Id, group.Name, Dispositions, [Dispositions],
            group.ParentId is null && group.Name == defaultAttribute ? true : null,
            group.ParentId is { } parent ? links.Uri(Links.PathOfGroup(parent)) : null, links.Uri(path), path);
    }
}
