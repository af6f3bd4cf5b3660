using System.Text.Json;
using Parley.Chats;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>The sub-resources of a user: all of them under <c>/me</c>, those that concern others under <c>/users</c>.</summary>
internal static class UserSubresources
{
    /// <summary>What the signed-in user sees of itself.</summary>
    public static readonly Subresources<Source> OfMe = new(
    [
        // media this server does not have: clients count on the arrays
        ("devices", (w, _) => WriteNone(w)),
        ("skills", (w, of) => JsonSerializer.Serialize(
            w, Skills(of.User, of.Links), RestJson.Default.IReadOnlyListSkillResource)),
        ("channels", WriteChannels),
        // the older name of the same list
        ("channelStates", WriteChannels),
        ("interactions", (w, _) => WriteNone(w)),
        ("calls", (w, _) => WriteNone(w)),
        ("chats", WriteChats),
        ("settings", (w, of) => JsonSerializer.Serialize(
            w, of.User.Settings, RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString)),
        ("groups", (w, of) => JsonSerializer.Serialize(
            w, Groups(of.User, of.Links), RestJson.Default.IReadOnlyListGroupResource)),
        ("features", (w, of) => JsonSerializer.Serialize(
            w, Features(of.Center, of.Links), RestJson.Default.IReadOnlyListFeatureResource)),
    ]);

    /// <summary>What is seen of others.</summary>
    public static readonly Subresources<Source> OfUser = OfMe.Only("devices", "skills", "channels", "groups", "chats");

    public static IReadOnlyList<SkillResource> Skills(User user, Links links) =>
        [.. user.Skills.Select(s => SkillResource.Of(s, links))];

    public static IReadOnlyList<GroupResource> Groups(User user, Links links) =>
        [.. user.Groups.Select(g => GroupResource.Of(g, links))];

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
        JsonSerializer.Serialize(writer, of.Channels, ChatJson.Default.IReadOnlyListChannelResource);

    private static void WriteChats(Utf8JsonWriter writer, Source of)
    {
        writer.WriteStartArray();
        foreach (var view in of.ChatsOf(of.User.Id))
            JsonSerializer.Serialize(writer, ChatResource.Of(view, of.Links), ChatJson.Default.ChatResource);
        writer.WriteEndArray();
    }

    /// <summary>What sub-resources are made from.</summary>
    /// <param name="ChatsOf">The chats of a user that the caller may see.</param>
    internal sealed record Source(
        User User, ContactCenter Center, AgentDesk Desk, Links Links, Func<AgentId, IEnumerable<ChatView>> ChatsOf)
    {
        public IReadOnlyList<ChannelResource> Channels => Desk.Channels(User.Id);

        /// <summary>Writes the user with the wanted properties, and the chosen ones of the sub-resources.</summary>
        public void Write(Utf8JsonWriter writer, Fields fields, Subresources<Source> subresources, string? chosen) =>
            fields.Write(
                writer, UserResource.Of(User, Center, Links), RestJson.Default.UserResource,
                w => subresources.Write(w, this, chosen));
    }
}
