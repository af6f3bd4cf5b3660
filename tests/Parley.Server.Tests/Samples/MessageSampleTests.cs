using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of what agents send: messages, links and notices, as everyone on the chat is told.</summary>
public sealed class MessageSampleTests
{
    private const string Sender = """
        "from": { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2", "id": "00A166C2E14A00B2",
          "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001",
          "path": "/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001", "visibility": "All" },
        "timestamp": "2024-08-19T06:08:25.500+0000", "timestampSeconds": 1724047705500
        """;

    [Fact]
    [Quirk(17)]
    [Quirk(32)]
    [Constraint("A3")]
    [Constraint("A4")]
    [Constraint("A11")]
    public async Task A_message_is_told_to_its_sender_as_well()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        var answer = await floor.Bob.Do(floor.Chat, "SendMessage", Greeting());
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());
        Sample.Check(
            Told(""" "index": 3, "type": "Text", "text": "Good morning Pat", "visibility": "All" """),
            await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    [Fact]
    [Quirk(16)]
    [Quirk(32)]
    public async Task With_the_settings_a_message_has_its_label_and_a_blank_in_its_time_stamp()
    {
        await using var floor = await Floor.Open("--Parley:Wire:IncludeMessageType=true", "--Parley:Wire:TimestampStyle=Blank");
        await floor.Talking();
        await floor.Settle();
        (await floor.Bob.Do(floor.Chat, "SendMessage", Greeting())).Succeeded();
        var told = await floor.Bob.Inbox.Next(AgentClient.Chats);
        var message = told["messages"]![0]!.AsObject();
        Assert.Equal(("Text", "Greeting"), ($"{message["type"]}", $"{message["messageType"]}"));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$", $"{message["timestamp"]}");
        message.Remove("messageType");
        Sample.Check(Told(""" "index": 3, "type": "Text", "text": "Good morning Pat", "visibility": "All" """), told);
    }

    [Theory]
    [InlineData("SendUrl", """{"url":"https://shop.example.test/returns"}""",
        """ "index": 3, "type": "PushUrl", "url": "https://shop.example.test/returns", "visibility": "All" """)]
    [InlineData("SendCustomNotice", """{"noticeText":"form=1"}""",
        """ "index": 3, "type": "CustomNotice", "noticeText": "form=1", "visibility": "All" """)]
    [InlineData("SendStartTypingNotification", """{"text":"Good mor","messageType":"Text","treatAs":"Normal"}""",
        """ "index": 3, "type": "TypingStarted", "visibility": "All" """)]
    [InlineData("SendStopTypingNotification", """{"text":"Good mor"}""",
        """ "index": 3, "type": "TypingStopped", "visibility": "All" """)]
    [Quirk(29)]
    public async Task Links_notices_and_typing_have_what_the_pages_name_and_no_more(
        string operation, string parameters, string message)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        (await floor.Bob.Do(floor.Chat, operation, JsonNode.Parse(parameters)!.AsObject())).Succeeded();
        Sample.Check(Told(message), await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData("SendToAgents", """{"text":"Can we refund this?"}""",
        """ "index": 4, "type": "Text", "text": "Can we refund this?", "visibility": "Agents" """)]
    [InlineData("SendCustomNoticeToAgents", """{"noticeText":"form=1"}""",
        """ "index": 4, "type": "CustomNotice", "noticeText": "form=1", "visibility": "Agents" """)]
    [InlineData("SendStartTypingToAgentsNotification", "{}", """ "index": 4, "type": "TypingStarted", "visibility": "Agents" """)]
    [InlineData("SendStopTypingToAgentsNotification", "{}", """ "index": 4, "type": "TypingStopped", "visibility": "Agents" """)]
    public async Task What_is_said_among_agents_reaches_agents_alone(string operation, string parameters, string message)
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Consult");
        await floor.Settle();
        await floor.Ada.TakeAll();
        (await floor.Bob.Do(floor.Chat, operation, JsonNode.Parse(parameters)!.AsObject())).Succeeded();
        Sample.Check(Told(message), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(Told(message), await floor.Carol.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
        Assert.Empty(await floor.Ada.Untaken());
    }

    private static JsonObject Greeting() =>
        new() { ["text"] = "Good morning Pat", ["messageType"] = "Greeting", ["treatAs"] = "System" };

    private static string Told(string message) => $$"""
        { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
          "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
          "messages": [ { {{message}}, {{Sender}} } ] }
        """;
}
