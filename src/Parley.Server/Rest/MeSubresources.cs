using System.Text.Json;
using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>The sub-resources of <c>/me</c>, by name, in the order in which they are written.</summary>
internal static class MeSubresources
{
    private static readonly IReadOnlyList<(string Name, Action<Utf8JsonWriter, Source> Write)> All =
    [
        // media this server does not have: clients count on the arrays
        ("devices", (w, _) => WriteNone(w)),
        ("skills", (w, of) => JsonSerializer.Serialize(w, Skills(of.Me, of.Links), RestJson.Default.IReadOnlyListSkillResource)),
        ("channels", WriteChannels),
        // the older name of the same list
        ("channelStates", WriteChannels),
        ("interactions", (w, _) => WriteNone(w)),
        ("calls", (w, _) => WriteNone(w)),
        ("chats", (w, of) => of.Desk.WriteChats(of.Me.Id, of.Links, w)),
        ("settings", (w, of) => JsonSerializer.Serialize(
            w, of.Me.User.Settings, RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString)),
        ("groups", (w, of) => JsonSerializer.Serialize(w, Groups(of.Me, of.Links), RestJson.Default.IReadOnlyListGroupResource)),
        ("features", (w, of) => JsonSerializer.Serialize(
            w, Features(of.Center, of.Links), RestJson.Default.IReadOnlyListFeatureResource)),
    ];

    /// <summary>Those that the parameter <c>subresources</c> names; unknown names are ignored.</summary>
    public static IEnumerable<(string Name, Action<Utf8JsonWriter, Source> Write)> Chosen(string? subresources)
    {
        if (string.IsNullOrEmpty(subresources)) return [];
        if (subresources is "*" or "**") return All;
        var names = subresources.Split(',', StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        return All.Where(s => names.Contains(s.Name));
    }

    public static IReadOnlyList<SkillResource> Skills(SignedInUser me, Links links) =>
        [.. me.User.Skills.Select(s => SkillResource.Of(s, links))];

    public static IReadOnlyList<GroupResource> Groups(SignedInUser me, Links links) =>
        [.. me.User.Groups.Select(g => GroupResource.Of(g, links))];

    public static IReadOnlyList<FeatureResource> Features(ContactCenter center, Links links) =>
        [.. center.Features.Select(f => FeatureResource.Of(f, links))];

    public static void WriteNone(Utf8JsonWriter writer, string name)
    {
        writer.WritePropertyName(name);
        WriteNone(writer);
    }

    private static void WriteNone(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteEndArray();
    }

    private static void WriteChannels(Utf8JsonWriter writer, Source of) =>
        JsonSerializer.Serialize(writer, of.Desk.Channels(of.Me.Id), ChatJson.Default.IReadOnlyListChannelResource);

    /// <summary>What sub-resources are made from.</summary>
    internal sealed record Source(SignedInUser Me, ContactCenter Center, AgentDesk Desk, Links Links);
}
