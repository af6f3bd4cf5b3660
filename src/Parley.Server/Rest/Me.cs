using Parley.Server.Accounts;
using Parley.Server.Provisioning;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary><c>GET /api/v2/me</c>: the signed-in user, alone or with everything that belongs to it.</summary>
/// <remarks>
/// <c>subresources=*</c> and <c>**</c> inline every sub-resource, a comma list those it names; each of them is always
/// there, empty if need be. Source: "Users Resource".
/// </remarks>
internal static class Me
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        api.MapGet("/me", Read);
        api.MapGet("/me/skills", (SignedInUser me, Links links, Fields fields) =>
            fields.Collection("skills", UserSubresources.Skills(me.User, links), RestJson.Default.SkillResource, s => s.Uri));
        api.MapGet("/me/features", (ContactCenter center, Links links, Fields fields) =>
            fields.Collection(
                "features", UserSubresources.Features(center, links), RestJson.Default.FeatureResource, f => f.Uri));
        api.MapGet("/me/groups", (SignedInUser me, Links links, Fields fields) =>
            fields.Collection("groups", UserSubresources.Groups(me.User, links), RestJson.Default.GroupResource, g => g.Uri));
        api.MapGet("/me/devices", (Fields fields) =>
            ApiAnswer.With(w => UserSubresources.WriteNone(w, fields.AreAsked ? "devices" : "uris")));
        api.MapGet("/me/settings", (SignedInUser me) =>
            ApiAnswer.With(
                "settings", me.User.Settings, RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString));
        // channels have no address: always in full
        foreach (var name in (string[])["channels", "channelStates"])
        {
            api.MapGet($"/me/{name}", (SignedInUser me, AgentDesk desk) =>
                ApiAnswer.With(name, desk.Channels(me.Id), ChatJson.Default.IReadOnlyListChannelResource));
        }
        api.MapGet("/me/channels/{channel}", ReadChannel);
    }

    /// <summary>The answer of <c>GET /me</c>: <c>{"statusCode":0,"user":{…}}</c>.</summary>
    public static ApiAnswer Answer(
        SignedInUser me, ContactCenter center, AgentDesk desk, Links links, Fields fields, string? subresources)
    {
        var of = new UserSubresources.Source(me.User, center, desk, links, desk.ChatsOf);
        return ApiAnswer.With(writer =>
        {
            writer.WritePropertyName("user");
            of.Write(writer, fields, UserSubresources.OfMe, subresources);
        });
    }

    private static ApiAnswer Read(
        SignedInUser me, ContactCenter center, AgentDesk desk, Links links, Fields fields, string? subresources = null) =>
        Answer(me, center, desk, links, fields, subresources);

    private static ApiAnswer ReadChannel(string channel, SignedInUser me, AgentDesk desk) =>
        desk.Channels(me.Id).FirstOrDefault(c => c.Channel == channel) is { } found
            ? ApiAnswer.With("channel", found, ChatJson.Default.ChannelResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Channel {channel} was not found.");
}
