using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of an incoming chat, of Accept and of Reject.</summary>
public sealed class AcceptSampleTests
{
    private static readonly (string, string) FirstName = ("userData[FirstName]", "Pat");

    [Fact]
    [Quirk(1)]
    [Constraint("A10")]
    public async Task An_incoming_chat_is_as_captured()
    {
        await using var floor = await Floor.Open();
        await floor.Offered();
        var captured = floor.Bob.Inbox.All.Last(e => $"{e["channel"]}" == AgentClient.Chats);
        captured.Remove("id");
        Sample.Check(
            """
            { "channel": "/v2/me/chats",
              "data": { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange",
                "chat": { "state": "Invited", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                  "userData": {}, "receivedDate": "2024-08-19 06:08:00.000+0000", "participants": [], "chatType": "Inbound",
                  "capabilities": ["Accept", "Reject"] } } }
            """,
            captured);
        Assert.Matches(
            @"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$", $"{captured["data"]!["chat"]!["receivedDate"]}");
    }

    [Fact]
    [Quirk(18)]
    [Quirk(19)]
    [Quirk(24)]
    [Constraint("A7")]
    public async Task Accept_is_followed_by_its_three_notifications_in_order()
    {
        await using var floor = await Floor.Open();
        await floor.Offered(FirstName);
        var answer = await floor.Bob.Do(floor.Chat, "Accept", new JsonObject { ["nickname"] = "Ana" });
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());

        var first = await floor.Bob.Inbox.Next(AgentClient.Chats);
        Sample.Check(
            $$"""
            { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange", "referenceId": 13,
              "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [], "capabilities": {{Lists.Alone}}, "userData": { "FirstName": "Pat" }, "chatType": "Inbound",
                "receivedDate": "2024-08-19 06:08:00.000+0000" } }
            """,
            first);
        var second = await floor.Bob.Inbox.Next(AgentClient.Chats);
        Sample.Check(
            $$"""
            { "messageType": "ChatStateChangeMessage", "notificationType": "ParticipantsUpdated", "referenceId": 13,
              "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [
                  { "type": "Agent", "nickname": "Ana", "participantId": "00A166C2E14A00B2", "visibility": "All",
                    "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001" },
                  { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" } ],
                "capabilities": {{Lists.Alone}}, "userData": { "FirstName": "Pat" } } }
            """,
            second);
        Assert.Equal($"{first["referenceId"]}", $"{second["referenceId"]}");
        Sample.Check(
            """
            { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
              "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
              "messages": [
                { "index": 1, "type": "ParticipantJoined", "visibility": "All",
                  "from": { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" },
                  "timestamp": "2024-08-19T06:08:00.000+0000", "timestampSeconds": 1724047680000 },
                { "index": 2, "type": "ParticipantJoined", "visibility": "All",
                  "from": { "type": "Agent", "nickname": "Ana", "participantId": "00A166C2E14A00B2", "visibility": "All",
                            "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001" },
                  "timestamp": "2024-08-19T06:08:10.000+0000", "timestampSeconds": 1724047690000 } ] }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    [Fact]
    [Quirk(4)]
    [Quirk(21)]
    public async Task Reject_answers_with_both_members_and_completes_the_chat()
    {
        await using var floor = await Floor.Open();
        await floor.Offered();
        var answer = await floor.Bob.Do(floor.Chat, "Reject");
        Assert.Equal("""{"statusCode":0,"status":0}""", answer.Body.ToJsonString());
        Sample.Check(
            """
            { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange", "referenceId": 5,
              "chat": { "state": "Completed", "id": "0007Qa4KX9TM002C", "participants": [], "capabilities": [],
                "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C" } }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
    }
}
