namespace Parley.Server.Provisioning;

/// <summary>
/// A list that clients find by its name: dispositions to choose from, or which user data a toast shows under which label.
/// </summary>
/// <remarks>Source: InternalAPIBA.</remarks>
internal sealed record BusinessAttribute(
    string Name, string DisplayName, string Description, Sections UserProperties, IReadOnlyList<BusinessAttributeValue> Values)
    : INamed<string>
{
    string INamed<string>.Id => Name;
}

/// <summary>One entry of a business attribute.</summary>
/// <param name="Name">What is stored when it is chosen.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="IsDefault">Whether clients propose it.</param>
/// <param name="Folder">Where it is below the attribute, <c>Sales/Won</c>; empty if right in it.</param>
/// <param name="UserProperties">What clients are told about it beyond that, by section.</param>
internal sealed record BusinessAttributeValue(
    string Name, string DisplayName, string Description, bool IsDefault, string Folder, Sections UserProperties);
