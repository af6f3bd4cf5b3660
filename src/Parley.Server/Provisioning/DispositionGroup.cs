namespace Parley.Server.Provisioning;

/// <summary>Dispositions to choose from: a business attribute, or one of its folders, with the folders in it.</summary>
/// <param name="Id"><c>2-</c> and a GUID, as of every group.</param>
/// <param name="Name">The attribute's name, or the folder's.</param>
/// <param name="ParentId">The group in which this one is; null for an attribute.</param>
/// <param name="Dispositions">What is right in it.</param>
/// <param name="Groups">The folders right in it.</param>
/// <remarks>Source: "Hierarchical Dispositions API".</remarks>
internal sealed record DispositionGroup(
    string Id, string Name, string? ParentId, IReadOnlyList<BusinessAttributeValue> Dispositions,
    IReadOnlyList<DispositionGroup> Groups)
{
    /// <summary>The group itself and everything below it.</summary>
    public IEnumerable<DispositionGroup> All => Groups.SelectMany(g => g.All).Prepend(this);

    public static DispositionGroup Of(BusinessAttribute attribute) => At(attribute, "", attribute.Name, null);

    private static DispositionGroup At(BusinessAttribute attribute, string folder, string name, string? parentId)
    {
        var id = "2-" + StableIds.Dashed("disposition-group", $"{attribute.Name}/{folder}");
        var below = folder.Length == 0 ? "" : folder + "/";
        var folders = attribute.Values
            .Where(v => v.Folder.Length > below.Length && v.Folder.StartsWith(below, StringComparison.Ordinal))
            .Select(v => v.Folder[below.Length..].Split('/')[0])
            .Distinct(StringComparer.Ordinal);
        return new(
            id, name, parentId, [.. attribute.Values.Where(v => v.Folder == folder)],
            [.. folders.Select(next => At(attribute, below + next, next, id))]);
    }
}

/// <summary>The groups of dispositions of the contact centre.</summary>
/// <remarks>
/// A business attribute holds dispositions if its properties say so, section <c>gws</c>, <c>contains</c> = <c>dispositions</c>;
/// for a user also the one that the user's settings name, which is the default group.
/// </remarks>
internal sealed class DispositionGroups
{
    private const string DefaultSetting = "interaction.disposition.value-business-attribute";

    private readonly ContactCenter center;
    private readonly IReadOnlyList<(BusinessAttribute Attribute, DispositionGroup Group)> roots;
    private readonly Dictionary<string, DispositionGroup> byId;

    public DispositionGroups(ContactCenter center)
    {
        this.center = center;
        roots = [.. center.BusinessAttributes.Select(a => (a, DispositionGroup.Of(a)))];
        byId = roots.SelectMany(root => root.Group.All).ToDictionary(group => group.Id, StringComparer.Ordinal);
    }

    /// <summary>The group of an id, at whatever depth.</summary>
    public DispositionGroup? ById(string id) => byId.GetValueOrDefault(id);

    /// <summary>
    /// The attribute from which a user chooses dispositions; null if there is none of the name in the settings.
    /// </summary>
    public BusinessAttribute? DefaultOf(User user) =>
        user.DesktopSetting(DefaultSetting) is { } name ? center.BusinessAttributes.ByName(name) : null;

    /// <summary>The groups at the top, as a user sees them.</summary>
    public IEnumerable<DispositionGroup> RootsFor(User user) =>
        roots.Where(root => HoldsDispositions(root.Attribute) || root.Attribute == DefaultOf(user)).Select(root => root.Group);

    private static bool HoldsDispositions(BusinessAttribute attribute) => attribute.UserProperties.Any(section =>
        section.Key.Equals("gws", StringComparison.OrdinalIgnoreCase)
        && section.Value.GetValueOrDefault("contains") == "dispositions");
}
