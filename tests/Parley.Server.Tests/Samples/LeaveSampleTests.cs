using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of Leave, in and out of a conference, of Complete, and of what follows.</summary>
public sealed class LeaveSampleTests
{
    private const string Completed = """
        { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange",
          "chat": { "state": "Completed", "participants": [], "capabilities": [],
            "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C" } }
        """;

    private static string LeftChat(string notification) => $$"""
        { "messageType": "ChatStateChangeMessage", "referenceId": 17, "notificationType": "{{notification}}",
          "chat": { "state": "LeftChat", "capabilities": {{Lists.Left}}, "participants": [],
            "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "userData": {} } }
        """;

    [Fact]
    [Quirk(19)]
    [Quirk(22)]
    [Quirk(26)]
    [Quirk(34)]
    [Constraint("A12")]
    public async Task Leaving_alone_ends_the_session_and_keeps_the_interaction()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        var answer = await floor.Bob.Do(floor.Chat, "Leave", new JsonObject
        {
            ["text"] = "Thank you, goodbye.", ["messageType"] = "Text", ["treatAs"] = "Normal",
        });
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());

        Sample.Check(
            Messages(3, "Text", """ "text": "Thank you, goodbye.", """), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(LeftChat("StatusChange"), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(LeftChat("ParticipantsUpdated"), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(
            """
            { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
              "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
              "messages": [
                { "index": 4, "type": "ParticipantLeft", "visibility": "All",
                  "from": { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2", "visibility": "All" },
                  "timestamp": "2024-08-19T06:08:00.000+0000", "timestampSeconds": 1724047680000 },
                { "index": 5, "type": "ParticipantLeft", "visibility": "All",
                  "from": { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" },
                  "timestamp": "2024-08-19T06:08:10.000+0000", "timestampSeconds": 1724047690000 } ] }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    [Fact]
    public async Task A_stored_transcript_is_announced_by_the_system_without_a_place_in_the_log()
    {
        await using var floor = await Floor.Open();
        await floor.AfterChat();
        var saved = await Eventually.Get(
            () => Task.FromResult(floor.Bob.Inbox.All.FirstOrDefault(IsTranscriptSaved)),
            () => "The transcript was not announced.");
        Sample.Check(
            """
            { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
              "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
              "messages": [ { "index": -1, "type": "TranscriptSaveDone", "visibility": "Agents",
                "from": { "type": "System", "nickname": "system", "participantId": "00A1000000000000", "visibility": "Agents" },
                "timestamp": "2024-08-19T06:12:00.000+0000", "timestampSeconds": 1724047920000 } ] }
            """,
            saved["data"]);
    }

    [Theory]
    [InlineData("Bob", "Invite")]
    [InlineData("Carol", "Invite")]
    [InlineData("Carol", "Consult")]
    [Quirk(19)]
    [Quirk(21)]
    [Quirk(26)]
    [Quirk(34)]
    public async Task Leaving_a_conference_or_consultation_completes_the_chat_for_the_leaver(string who, string asked)
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, asked);
        await floor.Settle();
        var (leaver, other) = who == "Bob" ? (floor.Bob, floor.Carol) : (floor.Carol, floor.Bob);
        Assert.Equal("""{"statusCode":0}""", (await leaver.Do(floor.Chat, "Leave")).Body.ToJsonString());
        Sample.Check(Completed, await leaver.Inbox.Next(AgentClient.Chats));

        Assert.Equal("ParticipantsUpdated", $"{(await other.Inbox.Next(AgentClient.Chats))["notificationType"]}");
        Assert.Equal("NewMessages", $"{(await other.Inbox.Next(AgentClient.Chats))["notificationType"]}");
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"queueName":"PostProcessingQueue","saveLAR":true}""")]
    [Quirk(19)]
    [Quirk(21)]
    public async Task Complete_completes_the_chat_with_a_queue_or_without(string parameters)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        var answer = await floor.Bob.Do(floor.Chat, "Complete", JsonNode.Parse(parameters)!.AsObject());
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());
        Sample.Check(Completed, await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
        Assert.True(await floor.Ada.Refresh());
    }

    [Fact]
    public async Task Complete_with_a_farewell_says_it_before_the_end()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        (await floor.Bob.Do(floor.Chat, "Complete", new JsonObject { ["text"] = "Goodbye" })).Succeeded();
        Sample.Check(Messages(3, "Text", """ "text": "Goodbye", """), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(Completed, await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    private static string Messages(int index, string type, string content) => $$"""
        { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
          "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
          "messages": [ { "index": {{index}}, "type": "{{type}}", {{content}} "visibility": "All",
            "from": { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2", "id": "00A166C2E14A00B2" },
            "timestamp": "2024-08-19T06:08:25.500+0000", "timestampSeconds": 1724047705500 } ] }
        """;

    private static bool IsTranscriptSaved(JsonObject e) => $"{e["data"]?["messages"]?[0]?["type"]}" == "TranscriptSaveDone";
}
