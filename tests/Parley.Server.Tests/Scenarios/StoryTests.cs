using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Scenarios;

/// <summary>The fold refuses stories that would break a client.</summary>
public sealed class StoryTests
{
    private const string Invited =
        """{"messageType":"ChatStateChangeMessage","notificationType":"StatusChange","chat":{"id":"c","state":"Invited"}}""";
    private const string Completed =
        """{"messageType":"ChatStateChangeMessage","notificationType":"StatusChange","chat":{"id":"c","state":"Completed"}}""";
    private const string Joined =
        """{"messageType":"ChatStateChangeMessage","notificationType":"ParticipantsUpdated","chat":{"id":"c","state":"Chatting"}}""";
    private const string First = """{"messageType":"MessageLogUpdated","chatPath":"/chats/c","messages":[{"index":1}]}""";
    private const string Third = """{"messageType":"MessageLogUpdated","chatPath":"/chats/c","messages":[{"index":3}]}""";

    [Fact]
    public void The_last_view_and_all_messages_are_kept_until_the_chat_ends()
    {
        var story = Tell(Invited, Joined, First);
        Assert.Equal("Chatting", story.Views["c"]["state"]!.GetValue<string>());
        Assert.Single(story.MessagesOf("c"));
        Assert.Empty(Tell(Invited, First, Completed).Views);
    }

    [Theory]
    [InlineData(Joined)]
    [InlineData(First)]
    [InlineData(Invited, Completed, First)]
    [InlineData(Invited, Completed, Joined)]
    [InlineData(Invited, Third)]
    [InlineData(Invited, First, First)]
    public void A_story_no_client_could_follow_is_refused(params string[] events) =>
        Assert.ThrowsAny<Exception>(() => Tell(events));

    private static Story Tell(params string[] events) =>
        Story.Of(events.Select(e => new JsonObject { ["channel"] = "/v2/me/chats", ["data"] = JsonNode.Parse(e) }));
}
