using Parley.Server.Documents;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>/api/v2/settings</c>: the groups of settings that the contact centre has for all its users.</summary>
/// <remarks>A group of entries answers an array, a group of values an object. Source: "System Settings".</remarks>
internal static class SettingsGroups
{
    public static void MapSettings(this IEndpointRouteBuilder api)
    {
        var settings = api.MapGroup("").WithTags("Settings");
        settings.MapGet("/settings", (Links links, Fields fields) =>
            fields.Collection("settings", Groups(links), RestJson.Default.SettingsGroupResource, g => g.Uri))
            .WithSummary("The groups of settings.")
            .Answers(Answer.Collection("settings", RestJson.Default.SettingsGroupResource));
        settings.MapGet("/settings/general-settings", (ContactCenter center) =>
            ApiAnswer.With("settings", General(center.GeneralSettings), RestJson.Default.GeneralSettingsResource))
            .WithSummary("Where the contact centre is.")
            .Answers(Answer.One("settings", RestJson.Default.GeneralSettingsResource));
        settings.MapGet("/settings/agent-states", (ContactCenter center) =>
            ApiAnswer.With("settings", States(center), RestJson.Default.IReadOnlyListAgentStateResource))
            .WithSummary("The states that agents can choose.")
            .Answers(Answer.All("settings", RestJson.Default.AgentStateResource));
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
