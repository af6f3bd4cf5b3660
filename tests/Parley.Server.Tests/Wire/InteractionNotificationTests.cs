using System.Text.Json.Nodes;
using Parley.Server.Tests.Documents;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Wire;

/// <summary>The topic of the first release: what is told there, and to whom (Quirk 33).</summary>
[Quirk(33)]
[Covers(
    "InteractionStateMessage StatusChange", "InteractionStateMessage ParticipantsUpdated",
    "InteractionStateMessage PropertiesUpdated", "InteractionStateMessage Error",
    "MessageLogUpdated NewMessages on /v2/me/interactions")]
public sealed class InteractionNotificationTests
{
    private static readonly string[] OlderNames =
    [
        "SendNotification", "StopProcessing", "RequestChatHistory", "InitiateConsultation",
        "CompleteTransfer", "CompleteConference",
    ];

    [Fact]
    public async Task A_change_is_told_in_both_shapes_at_once()
    {
        await using var server = await RunningServer.Start();
        await using var bob = await OlderDesk.Open(server, 1);
        using var ada = await server.Customer("Ada");
        JsonPattern.Parse(
            $$"""
            {"messageType":"InteractionStateMessage","messageTypeName":"InteractionStateMessage",
             "notificationType":"StatusChange",
             "id":"{{ada.ChatId}}","channel":"chat","state":"Invited","capabilities":["Accept","Reject"],"userData":{…},
             "interaction":{"id":"{{ada.ChatId}}","channel":"chat","state":"Invited",
               "uri":"{{server.Address}}api/v2/interactions/{{ada.ChatId}}","capabilities":["Accept","Reject"],"userData":{…} } }
            """).Check(await bob.Next(), "an offer");

        (await bob.Do(ada.ChatId, "Reject")).Succeeded();
        JsonPattern.Parse(
            $$"""
            {"messageType":"InteractionStateMessage","messageTypeName":"InteractionStateMessage",
             "notificationType":"StatusChange",
             "id":"{{ada.ChatId}}","channel":"chat","state":"Completed","capabilities":[],"referenceId":…,
             "interaction":{"id":"{{ada.ChatId}}","channel":"chat","state":"Completed",
               "uri":"{{server.Address}}api/v2/interactions/{{ada.ChatId}}","capabilities":[] } }
            """).Check(await bob.Next(), "the end");
    }

    [Theory]
    [InlineData(OlderDesk.Topic)]
    [InlineData(OlderDesk.PrintedTopic)]
    public async Task Both_topics_tell_the_same_story_and_it_equals_a_fresh_read(string topic)
    {
        await using var server = await RunningServer.Start();
        await using var bob = await OlderDesk.Open(server, 1, topic);
        using var ada = await server.Customer("Ada");
        var chat = ada.ChatId;
        await bob.Agent.NextOffer();
        (await bob.Do(chat, "Accept", ("nickname", "Robert"))).Succeeded();
        Assert.Equal(
            ["InitiateConsultation", "RequestChatHistory", "SendNotification", "StopProcessing"],
            await OlderCapabilitiesAfterTheSameStory(bob, chat));

        await using var carol = await OlderDesk.Open(server, 2, topic);
        var carolsId = await carol.Agent.ReadId();
        (await bob.Do(chat, "StartChatConsultation", ("agentId", carolsId))).Succeeded();
        (await carol.Do(chat, "Reject")).Succeeded();
        (await bob.Do(chat, "StartChatConsultation", ("agentId", carolsId))).Succeeded();
        (await carol.Do(chat, "Accept")).Succeeded();
        Assert.Equal(OlderNames.Order(StringComparer.Ordinal), await OlderCapabilitiesAfterTheSameStory(bob, chat));
        Assert.Equal(["RequestChatHistory"], await OlderCapabilitiesAfterTheSameStory(carol, chat));

        (await bob.Agent.Do(chat, "AttachUserData", new JsonObject { ["userData"] = new JsonObject { ["Plan"] = "Gold" } }))
            .Succeeded();
        (await ada.Post("send", ("message", "hello"))).Succeeded();
        (await carol.Do(chat, "LeaveChatConsultation")).Succeeded();
        Assert.DoesNotContain("CompleteTransfer", await OlderCapabilitiesAfterTheSameStory(bob, chat));

        (await bob.Do(chat, "EndChatSession")).Succeeded();
        Assert.Equal(["RequestChatHistory", "StopProcessing"], await OlderCapabilitiesAfterTheSameStory(bob, chat));
        (await bob.Do(chat, "StopProcessing")).Succeeded();
        AssertSame(await bob.Listener.Inbox.Next(AgentClient.Chats), await bob.Next());
    }

    [Fact]
    public async Task Whoever_did_not_name_the_topic_hears_nothing_there()
    {
        await using var server = await RunningServer.Start();
        await using var bob = server.Agent(1);
        await using var wide = new BayeuxListener(bob.Http);
        await using var other = new BayeuxListener(bob.Http);
        await wide.Start("/**", "/v2/**", "/v2/me/**", "/v2/me/*", AgentClient.Chats);
        await other.Start(OlderDesk.PrintedTopic, AgentClient.Chats);
        await bob.SignIn();
        await bob.GoReady();
        using var ada = await server.Customer("Ada");
        await bob.AcceptNext();
        await bob.Post($"/me/interactions/{ada.ChatId}", """{"operationName":"RequestChatHistory","eventId":9}""");

        foreach (var listener in (BayeuxListener[])[wide, other])
        {
            while ((await listener.Inbox.Next(AgentClient.Chats))["messages"] is not JsonArray { Count: 0 })
            {
            }
        }
        Assert.DoesNotContain(wide.Inbox.All, e => Channel(e).EndsWith("interactions", StringComparison.Ordinal));
        Assert.DoesNotContain(other.Inbox.All, e => Channel(e) == OlderDesk.Topic);
        await other.Inbox.Next(OlderDesk.PrintedTopic);
    }

    private static string Channel(JsonObject message) => message["channel"]!.GetValue<string>();

    /// <summary>The capabilities that only the first release has, once both topics and a fresh read agree.</summary>
    private static async Task<IEnumerable<string>> OlderCapabilitiesAfterTheSameStory(OlderDesk desk, string chat)
    {
        var told = await desk.Told(chat);
        foreach (var (today, older) in told) AssertSame(today, older);
        var last = told.Last(t => t.Older["interaction"] is not null).Older["interaction"];
        var read = (await desk.Agent.Get($"/me/interactions/{chat}")).Succeeded().Body["interaction"];
        Assert.True(JsonNode.DeepEquals(last, read), $"told {last?.ToJsonString()}\nread {read?.ToJsonString()}");
        return Names(last!["capabilities"]).Where(OlderNames.Contains).Order(StringComparer.Ordinal);
    }

    private static void AssertSame(JsonObject today, JsonObject older)
    {
        var both = $"{today.ToJsonString()}\n{older.ToJsonString()}";
        if (today["messageType"]!.GetValue<string>() == "MessageLogUpdated")
        {
            Assert.True(JsonNode.DeepEquals(today, older), both);
            return;
        }
        Assert.Equal("InteractionStateMessage", older["messageType"]!.GetValue<string>());
        foreach (var name in (string[])["notificationType", "referenceId", "errorMessage"])
            Assert.True(JsonNode.DeepEquals(today[name], older[name]), both);
        foreach (var name in (string[])["id", "state", "userData"])
        {
            Assert.True(JsonNode.DeepEquals(today["chat"]![name], older[name]), both);
            Assert.True(JsonNode.DeepEquals(older["interaction"]![name], older[name]), both);
        }
        Assert.True(JsonNode.DeepEquals(older["interaction"]!["capabilities"], older["capabilities"]), both);
        Assert.Equal(Names(today["chat"]!["capabilities"]), Names(older["capabilities"]).Except(OlderNames));
    }

    private static IEnumerable<string> Names(JsonNode? capabilities) =>
        capabilities!.AsArray().Select(c => c!.GetValue<string>());
}
