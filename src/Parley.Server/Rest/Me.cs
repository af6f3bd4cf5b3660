using Parley.Server.Accounts;
using Parley.Server.Documents;
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
    /// <summary>What the last part of a channel's address is.</summary>
    public const string ChannelMeaning = "The channel's name: `chat`.";

    /// <summary>The answer of <c>GET /me</c> as the document of the API shows it.</summary>
    public static Answer Described { get; } = Answer.With(("user", UserDescription.Schema));

    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("Me");
        api.MapGet("/me", Read).Answers(Described);
        api.MapGet("/me/skills", (SignedInUser me, Links links, Fields fields) =>
            fields.Collection("skills", UserSubresources.Skills(me.User, links), RestJson.Default.SkillResource, s => s.Uri))
            .WithSummary("The user's skills.").Answers(Answer.Collection("skills", RestJson.Default.SkillResource));
        api.MapGet("/me/features", (ContactCenter center, Links links, Fields fields) =>
            fields.Collection(
                "features", UserSubresources.Features(center, links), RestJson.Default.FeatureResource, f => f.Uri))
            .WithSummary("The features that the user has.")
            .Answers(Answer.Collection("features", RestJson.Default.FeatureResource));
        api.MapGet("/me/groups", (SignedInUser me, Links links, Fields fields) =>
            fields.Collection("groups", UserSubresources.Groups(me.User, links), RestJson.Default.GroupResource, g => g.Uri))
            .WithSummary("The user's business units.").Answers(Answer.Collection("groups", RestJson.Default.GroupResource));
        api.MapGet("/me/devices", (Fields fields) =>
            ApiAnswer.With(w => UserSubresources.WriteNone(w, fields.AreAsked ? "devices" : "uris")))
            .WithSummary("The user's telephones: none, for there is no voice.").Answers(UserDescription.NoDevices);
        api.MapGet("/me/settings", (SignedInUser me) =>
            ApiAnswer.With(
                "settings", me.User.Settings, RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString))
            .WithSummary("The user's settings, by section.").Answers(Answer.One(
                "settings", RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString));
        // channels have no address: always in full
        foreach (var name in (string[])["channels", "channelStates"])
        {
            api.MapGet($"/me/{name}", (SignedInUser me, AgentDesk desk) =>
                ApiAnswer.With(name, desk.Channels(me.Id), ChatJson.Default.IReadOnlyListChannelResource))
                .WithSummary("The channels of the user's contact-centre session; none before it.")
                .Answers(Answer.All(name, ChatJson.Default.ChannelResource));
        }
        api.MapGet("/me/channels/{channel}", ReadChannel).Asks("channel", ChannelMeaning)
            .Answers(Answer.One("channel", ChatJson.Default.ChannelResource));
    }

    /// <summary>The answer of <c>GET /me</c>: <c>{"statusCode":0,"user":{…}}</c>.</summary>
    public static ApiAnswer AnswerFor(
        SignedInUser me, ContactCenter center, AgentDesk desk, Links links, Fields fields, string? subresources)
    {
        var of = new UserSubresources.Source(me.User, center, desk, links, desk.ChatsOf);
        return ApiAnswer.With(writer =>
        {
            writer.WritePropertyName("user");
            of.Write(writer, fields, UserSubresources.OfMe, subresources);
        });
    }

    /// <summary>The signed-in user, alone or with everything that belongs to it.</summary>
    /// <param name="subresources"><c>*</c> for every sub-resource, or a list of names, separated by commas.</param>
    private static ApiAnswer Read(
        SignedInUser me, ContactCenter center, AgentDesk desk, Links links, Fields fields, string? subresources = null) =>
        AnswerFor(me, center, desk, links, fields, subresources);

    /// <summary>One channel of the user's contact-centre session.</summary>
    private static ApiAnswer ReadChannel(string channel, SignedInUser me, AgentDesk desk) =>
        desk.Channels(me.Id).FirstOrDefault(c => c.Channel == channel) is { } found
            ? ApiAnswer.With("channel", found, ChatJson.Default.ChannelResource)
            : ApiAnswer.Refused(Reason.NotFound, $"Channel {channel} was not found.");
}
