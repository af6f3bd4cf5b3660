using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A disposition to choose: <c>{"name":"solved","displayName":"Solved"}</c>; the name is what is set.</summary>
/// <param name="Name">The value for <c>disposition</c>.</param>
/// <param name="DisplayName">The name to show.</param>
internal sealed record DispositionResource(string Name, string DisplayName)
{
    public static DispositionResource Of(BusinessAttributeValue value) => new(value.Name, value.DisplayName);
}

/// <summary>A group of dispositions.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Name">The group's name.</param>
/// <param name="Type">Always <c>dispositions</c>.</param>
/// <param name="Contains">What is in it.</param>
/// <param name="DefaultGroup">True on the group from which the user chooses.</param>
/// <param name="ParentUri">The address of the group that it is in.</param>
/// <param name="Uri">The group's address.</param>
/// <param name="Path">The address without host and version.</param>
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
