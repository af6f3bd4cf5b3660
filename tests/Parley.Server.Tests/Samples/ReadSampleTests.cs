using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of reading chats, one's own and those of an agent, and their messages.</summary>
public sealed class ReadSampleTests
{
    private static readonly string Chat = $$"""
        { "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "path": "/chats/0007Qa4KX9TM002C",
          "state": "Chatting", "chatType": "Inbound", "receivedDate": "2024-08-19 06:08:00.000+0000",
          "participants": [
            { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2",
              "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001",
              "path": "/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001", "visibility": "All" },
            { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" } ],
          "capabilities": {{Lists.Alone}}, "userData": { "FirstName": "Pat", "Subject": "Late parcel", "Priority": 3 } }
        """;

    [Theory]
    [InlineData("/api/v2/me/chats", """{ "statusCode": 0, "uris": [ "http://gws.test/api/v2/chats/0007Qa4KX9TM002C" ] }""")]
    [InlineData("/api/v2/me/chats?fields=*", """{ "statusCode": 0, "chats": [ {chat} ] }""")]
    [InlineData("/api/v2/me/chats/?fields=*", """{ "statusCode": 0, "chats": [ {chat} ] }""")]
    [InlineData("/api/v2/me/chats/{id}", """{ "statusCode": 0, "chat": {chat} }""")]
    [InlineData("/api/v2/chats/{id}", """{ "statusCode": 0, "chat": {chat} }""")]
    [Quirk(2)]
    [Quirk(3)]
    [Quirk(24)]
    [Quirk(30)]
    [Constraint("A9")]
    public async Task A_chat_is_read_as_it_is_notified(string path, string sample)
    {
        await using var floor = await Floor.Open();
        await floor.Offered(("userData[FirstName]", "Pat"), ("userData[Subject]", "Late parcel"));
        await floor.Accept(floor.Bob);
        var priority = new JsonObject { ["userData"] = new JsonObject { ["Priority"] = 3 } };
        (await floor.Bob.Do(floor.Chat, "AttachUserData", priority)).Succeeded();
        Sample.Check(
            sample.Replace("{chat}", Chat, StringComparison.Ordinal),
            (await floor.Bob.Get(path.Replace("{id}", floor.Chat, StringComparison.Ordinal))).Body);
    }

    [Fact]
    [Quirk(2)]
    public async Task Messages_are_read_with_one_numbering_typing_included()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        (await floor.Ada.Post("startTyping")).Succeeded();
        await floor.Ada.Say("hello");
        Sample.Check(
            """
            { "statusCode": 0,
              "messages": [
                { "index": 1, "type": "ParticipantJoined", "timestamp": "2024-08-19T06:08:00.000+0000",
                  "from": { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1" } },
                { "index": 2, "type": "ParticipantJoined", "timestamp": "2024-08-19T06:08:10.000+0000",
                  "from": { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2" } },
                { "index": 3, "type": "TypingStarted", "timestamp": "2024-08-19T06:08:20.186+0000",
                  "from": { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1" } },
                { "index": 4, "type": "Text", "text": "hello", "timestamp": "2024-08-19T06:08:20.187+0000",
                  "from": { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1" } } ] }
            """,
            (await floor.Bob.Get($"/api/v2/me/chats/{floor.Chat}/messages?startIndex=1&count=10")).Body);
    }

    [Fact]
    public async Task A_supervisor_reads_an_agents_chats_among_the_sub_resources_of_the_user()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        var user = (await floor.Cleo.Get($"/api/v2/users/{floor.Id(floor.Bob)}?subresources=chats")).Succeeded().Body["user"]!;
        Sample.Check(
            """
            [ { "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "path": "/chats/0007Qa4KX9TM002C", "state": "Chatting", "receivedDate": "2024-08-19 06:08:00.000+0000", "chatType": "Inbound", "userData": {},
                "participants": [
                  { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2", "visibility": "All",
                    "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001",
                    "path": "/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001" },
                  { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" } ],
                "capabilities": ["Intrude"] } ]
            """,
            user["chats"]);
    }

    [Theory]
    [InlineData("SendMessage", """{ "statusCode": 1, "statusMessage": "Parameter 'text' is required." }""")]
    [InlineData("Accept", """{ "statusCode": 2, "statusMessage": "Operation 'Accept' is not available in state 'Chatting'." }""")]
    public async Task A_refusal_is_two_members_and_names_what_to_change(string operation, string sample)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        var answer = (await floor.Bob.Do(floor.Chat, operation)).Body;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sample), answer), answer.ToJsonString());
    }
}
