using Parley.Server.Provisioning;

namespace Parley.Server.Rest.Wire;

/// <summary>A list of the contact centre's.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Description">What the list is.</param>
/// <param name="UserProperties">What administrators keep with it, by section.</param>
/// <param name="Values">The entries.</param>
/// <remarks>
/// <c>{"name":"DispositionCode","displayName":"Disposition Code","description":"","userProperties":[{"name":"gws","value":[
/// {"name":"contains","value":"dispositions"}]}],"values":[{…}]}</c>. Source: InternalAPIBA.
/// </remarks>
internal sealed record BusinessAttributeResource(
    string Name, string DisplayName, string Description, IReadOnlyList<UserPropertyResource> UserProperties,
    IReadOnlyList<BusinessAttributeValueResource> Values)
{
    public static BusinessAttributeResource Of(BusinessAttribute attribute) => new(
        attribute.Name, attribute.DisplayName, attribute.Description, UserPropertyResource.Of(attribute.UserProperties),
        [.. attribute.Values.Select(BusinessAttributeValueResource.Of)]);
}

/// <summary>
/// An entry of such a list:
/// <c>{"name":"solved","displayName":"Solved","description":"","default":true,"userProperties":[]}</c>.
/// </summary>
/// <param name="Name">The entry's name.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Description">What the entry is.</param>
/// <param name="Default">Whether it is chosen unless another is.</param>
/// <param name="UserProperties">What administrators keep with it, by section.</param>
internal sealed record BusinessAttributeValueResource(
    string Name, string DisplayName, string Description, bool Default, IReadOnlyList<UserPropertyResource> UserProperties)
{
    public static BusinessAttributeValueResource Of(BusinessAttributeValue value) => new(
        value.Name, value.DisplayName, value.Description, value.IsDefault, UserPropertyResource.Of(value.UserProperties));
}

/// <summary>A section of properties: <c>{"name":"gws","value":[{"name":"contains","value":"dispositions"}]}</c>.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Value">The properties of the section.</param>
internal sealed record UserPropertyResource(string Name, IReadOnlyList<PropertyResource> Value)
{
    public static IReadOnlyList<UserPropertyResource> Of(Sections sections) => [.. sections.Select(Section)];

    private static UserPropertyResource Section(KeyValuePair<string, Dictionary<string, string>> section) =>
        new(section.Key, [.. section.Value.Select(p => new PropertyResource(p.Key, p.Value))]);
}

/// <summary>A property of a section.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Value">The property's value.</param>
internal sealed record PropertyResource(string Name, string Value);
