using System.Text.Json.Nodes;
using Parley.Server.Documents;
using Parley.Server.Rest.Wire;

namespace Parley.Server.Rest;

/// <summary>A user with sub-resources, as the document of the API shows it.</summary>
internal static class UserDescription
{
    /// <summary>The answer of a collection that is always empty.</summary>
    public static Answer NoDevices { get; } = new(_ => Shape.OneOf(
        Shape.Object(("statusCode", Shape.Always(0)), ("uris", None())),
        Shape.Object(("statusCode", Shape.Always(0)), ("devices", None()))));

    /// <summary>The user with any of the sub-resources.</summary>
    public static JsonObject Schema(Schemas schemas) => schemas.Add("UserWithSubresources", () =>
    {
        var user = schemas.Whole(RestJson.Default.UserResource);
        user["required"] = Shape.Names(["id", "uri"]);
        user["description"] =
            "The user, in full or with the properties that `fields` names, and the sub-resources that `subresources` names.";
        var channels = () => Shape.ListOf(schemas.Of(ChatJson.Default.ChannelResource));
        (string, JsonObject)[] more =
        [
            ("devices", None()), ("interactions", None()), ("calls", None()),
            ("channels", channels()), ("channelStates", channels().Meaning("The older name of `channels`.")),
            ("chats", Shape.ListOf(schemas.Of(ChatJson.Default.ChatResource))),
            ("skills", Shape.ListOf(schemas.Of(RestJson.Default.SkillResource))),
            ("groups", Shape.ListOf(schemas.Of(RestJson.Default.GroupResource))),
            ("features", Shape.ListOf(schemas.Of(RestJson.Default.FeatureResource))),
            ("settings", schemas.Of(RestJson.Default.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString)),
        ];
        foreach (var (name, value) in more) user["properties"]![name] = value;
        return user;
    });

    private static JsonObject None() => new() { ["type"] = "array", ["maxItems"] = 0 };
}
