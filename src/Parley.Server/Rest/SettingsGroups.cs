using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/settings</c>: the groups of settings that the contact centre has for all its users.</summary>
/// <remarks>A group of entries answers an array, a group of values an object. Source: "System Settings".</remarks>
internal static class SettingsGroups
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        api.MapGet("/settings", (Links links, Fields fields) =>
            fields.Collection("settings", Groups(links), RestJson.Default.SettingsGroupResource, g => g.Uri));
        api.MapGet("/settings/general-settings", (ContactCenter center) =>
            ApiAnswer.With("settings", General(center.GeneralSettings), RestJson.Default.GeneralSettingsResource));
        api.MapGet("/settings/agent-states", (ContactCenter center) =>
            ApiAnswer.With("settings", States(center), RestJson.Default.IReadOnlyListAgentStateResource));
    }

    private static IReadOnlyList<SettingsGroupResource> Groups(Links links) =>
    [
        Group("general-settings", "General settings", "name", links),
        Group("agent-states", "Agent states", "operationName", links),
    ];

    private static SettingsGroupResource Group(string name, string displayName, string key, Links links) =>
        new(name, displayName, key, links.Uri(Links.PathOfSettings(name)), Links.PathOfSettings(name));

    private static GeneralSettingsResource General(GeneralSettings settings) =>
        new(settings.CountryCode, settings.CountryDigits, settings.CountryName);

    private static IReadOnlyList<AgentStateResource> States(ContactCenter center) =>
        [.. center.AgentStates.Select(AgentStateResource.Of)];
}
