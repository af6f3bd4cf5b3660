using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of Consult and Invite, of Transfer, and of sending a colleague away.</summary>
public sealed class HelpSampleTests
{
    [Theory]
    [InlineData("Consult", "Agents")]
    [InlineData("Invite", "All")]
    [Quirk(14)]
    [Quirk(19)]
    [Quirk(20)]
    [Constraint("A6")]
    [Constraint("A12")]
    [Constraint("A13")]
    public async Task Who_asks_for_help_is_answered_at_once_and_told_when_it_comes(string operation, string visibility)
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Ready(floor.Carol);
        await floor.Settle();
        var body = floor.Towards(floor.Carol);
        body["operationName"] = operation;
        var answer = await floor.Bob.Post($"/api/v2/chats/{floor.Chat}", body.ToJsonString());
        Sample.Check("""{ "statusCode": 0, "referenceId": 35 }""", answer.Body);
        await floor.Carol.NextOffer();
        await floor.NobodyHearsMore();

        await floor.Accept(floor.Carol);
        var came = await floor.Bob.Inbox.Next(AgentClient.Chats);
        Sample.Check(Chat("ParticipantsUpdated", "\"referenceId\": 35,", visibility), came);
        Assert.Equal($"{answer.Body["referenceId"]}", $"{came["referenceId"]}");
        Sample.Check(Told("ParticipantJoined", 3, visibility), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Assert.Equal("StatusChange", $"{(await floor.Carol.Inbox.Next(AgentClient.Chats))["notificationType"]}");
        var joined = await floor.Carol.Inbox.Next(AgentClient.Chats);
        Assert.Equal("ParticipantsUpdated", $"{joined["notificationType"]}");
        Assert.Equal(
            ["Agent", "Agent", "Customer"], joined["chat"]!["participants"]!.AsArray().Select(p => $"{p!["type"]}"));
        Assert.Equal("NewMessages", $"{(await floor.Carol.Inbox.Next(AgentClient.Chats))["notificationType"]}");
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData("Consult")]
    [InlineData("Invite")]
    [Constraint("A7")]
    public async Task Who_asks_for_help_in_vain_is_told_by_an_error(string operation)
    {
        await using var floor = await Floor.Open();
        await floor.Asked(floor.Carol, operation);
        await floor.Settle();
        (await floor.Carol.Do(floor.Chat, "Reject")).Succeeded();
        Sample.Check(
            $$"""
            { "messageType": "ChatStateChangeMessage", "notificationType": "Error", "referenceId": 35,
              "errorMessage": "The invited agent declined.",
              "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [ {{Bob}}, {{Ada}} ], "capabilities": {{Lists.Alone}}, "userData": {} } }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
    }

    [Fact]
    [Quirk(20)]
    [Constraint("A14")]
    public async Task Inviting_the_consultant_by_uri_makes_a_conference_without_asking_again()
    {
        await using var floor = await Floor.Open();
        await floor.Joined(floor.Carol, "Consult");
        await floor.Settle();
        var answer = await floor.Bob.Do(floor.Chat, "Invite", floor.Towards(floor.Carol));
        Sample.Check("""{ "statusCode": 0, "referenceId": 36 }""", answer.Body);
        Sample.Check(Chat("ParticipantsUpdated", "\"referenceId\": 36,", "All"), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(Told("ParticipantRejoined", 4, "All"), await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(Chat("ParticipantsUpdated", "", "All"), await floor.Carol.Inbox.Next(AgentClient.Chats));
        Sample.Check(Told("ParticipantRejoined", 4, "All"), await floor.Carol.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Quirk(27)]
    public async Task Sending_a_colleague_away_is_told_as_a_chat_and_leaves_a_notice_only_by_setting(bool withNotice)
    {
        await using var floor = await Floor.Open($"--Parley:Chats:LegacyRemoveNotice={withNotice}");
        await floor.Joined(floor.Carol, "Invite");
        await floor.Settle();
        (await floor.Bob.Do(floor.Chat, "RemoveParticipantFromConference", floor.Towards(floor.Carol))).Succeeded();
        Sample.Check(
            $$"""
            { "messageType": "ChatStateChangeMessage", "notificationType": "ParticipantsUpdated", "referenceId": 63,
              "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [ {{Bob}}, {{Ada}} ], "capabilities": {{Lists.Alone}}, "userData": {} } }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
        var messages = (await floor.Bob.Inbox.Next(AgentClient.Chats))["messages"]!.AsArray();
        Assert.Equal(
            [.. withNotice ? [$"Notice {Command}{floor.Id(floor.Carol)}"] : Array.Empty<string>(), "ParticipantLeft "],
            messages.Select(m => $"{m!["type"]} {m["text"]}"));
    }

    [Fact]
    [Quirk(31)]
    public async Task A_transfer_is_told_to_each_side_as_documented()
    {
        await using var floor = await Floor.Open();
        await floor.Talking();
        await floor.Settle();
        await floor.Ada.TakeAll();
        var body = floor.Towards(floor.Sam);
        body["text"] = "My colleague takes over";
        Assert.Equal("""{"statusCode":0}""", (await floor.Bob.Do(floor.Chat, "Transfer", body)).Body.ToJsonString());

        Assert.Equal("Text", $"{(await floor.Bob.Inbox.Next(AgentClient.Chats))["messages"]![0]!["type"]}");
        Sample.Check(
            """
            { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange",
              "chat": { "state": "Completed", "participants": [], "capabilities": [],
                "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C" } }
            """,
            await floor.Bob.Inbox.Next(AgentClient.Chats));
        Sample.Check(
            """
            { "messageType": "ChatStateChangeMessage", "notificationType": "StatusChange",
              "chat": { "state": "Invited", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [], "capabilities": ["Accept", "Reject"], "userData": {} } }
            """,
            await floor.Sam.Inbox.Next(AgentClient.Chats));
        await floor.NobodyHearsMore();
        Assert.Equal("Message", $"{(await floor.Ada.Next())["type"]}");
        Assert.Equal("ParticipantLeft", $"{(await floor.Ada.Next())["type"]}");
        Assert.False(await floor.Ada.Refresh());
    }

    private const string Command = "REMOVE_PARTICIPANT_FROM_CONFERENCE";

    private const string Bob = """
        { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2", "visibility": "All",
          "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f001" }
        """;

    private const string Ada =
        """{ "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1", "visibility": "All" }""";

    private static string Carol(string visibility) => $$"""
        { "type": "Agent", "nickname": "agent2", "participantId": "00A166C2E1B800B5", "visibility": "{{visibility}}",
          "uri": "http://gws.test/api/v2/users/7c1e0b5d4f5a4e07a2b6c1d93e48f002" }
        """;

    private static string Chat(string notification, string reference, string visibility) => $$"""
        { "messageType": "ChatStateChangeMessage", "notificationType": "{{notification}}", {{reference}}
          "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
            "participants": [ {{Bob}}, {{Carol(visibility)}}, {{Ada}} ], "capabilities": {{Lists.InCompany}}, "userData": {} } }
        """;

    private static string Told(string type, int index, string visibility) => $$"""
        { "messageType": "MessageLogUpdated", "notificationType": "NewMessages",
          "chatUri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C", "chatPath": "/chats/0007Qa4KX9TM002C",
          "messages": [ { "index": {{index}}, "type": "{{type}}", "visibility": "{{visibility}}", "from": {{Carol(visibility)}},
            "timestamp": "2024-08-19T06:10:00.000+0000", "timestampSeconds": 1724047800000 } ] }
        """;
}
