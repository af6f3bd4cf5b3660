using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Quirks;

namespace Parley.Server.Tests.Samples;

/// <summary>The samples of dispositions and user data.</summary>
public sealed class DataSampleTests
{
    [Theory]
    [InlineData("SetDisposition", """{"disposition":"Solved"}""", """{ "FirstName": "Pat", "DispositionCode": "Solved" }""")]
    [InlineData("SetDisposition", """{"disposition":"Solved","dispositionKey":"Outcome"}""",
        """{ "FirstName": "Pat", "Outcome": "Solved" }""")]
    [InlineData("AttachUserData", """{"userData":{"OrderNo":"A-1199"}}""", """{ "FirstName": "Pat", "OrderNo": "A-1199" }""")]
    [InlineData("UpdateUserData", """{"userData":{"OrderNo":7,"Segment":null}}""",
        """{ "FirstName": "Pat", "OrderNo": 7, "Segment": null }""")]
    [InlineData("DeleteUserData", """{"keys":["FirstName"]}""", "{}")]
    [Quirk(19)]
    [Constraint("A7")]
    [Constraint("A8")]
    [Constraint("A15")]
    public async Task A_change_is_told_with_all_that_the_user_data_now_is(string operation, string parameters, string userData)
    {
        await using var floor = await Floor.Open();
        await floor.Offered(("userData[FirstName]", "Pat"));
        await floor.Accept(floor.Bob);
        await floor.Settle();
        var answer = await floor.Bob.Do(floor.Chat, operation, JsonNode.Parse(parameters)!.AsObject());
        Assert.Equal("""{"statusCode":0}""", answer.Body.ToJsonString());
        var told = await floor.Bob.Inbox.Next(AgentClient.Chats);
        Sample.Check(
            $$"""
            { "messageType": "ChatStateChangeMessage", "notificationType": "PropertiesUpdated", "referenceId": 34,
              "chat": { "state": "Chatting", "id": "0007Qa4KX9TM002C", "uri": "http://gws.test/api/v2/chats/0007Qa4KX9TM002C",
                "participants": [
                  { "type": "Agent", "nickname": "agent1", "participantId": "00A166C2E14A00B2" },
                  { "type": "Customer", "nickname": "Ada", "participantId": "00A166C2E14000B1" } ],
                "capabilities": {{Lists.Alone}}, "userData": {{userData}} } }
            """,
            told);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(userData), told["chat"]!["userData"]), told.ToJsonString());
        await floor.NobodyHearsMore();
    }
}
