using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Clients;

/// <summary>
/// The whole main job with nothing but HTTP requests: raw Bayeux long-polling, the REST API and the customer door.
/// </summary>
public sealed class PlainHttpTests
{
    [Theory]
    [InlineData("/v2/me/chats")]
    [InlineData("/**")]
    public async Task The_main_job_is_played_by_plain_http_listening_to(string topic)
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(1);
        await agent.Listener.Start(topic);
        await Operate(agent, """{"operationName":"StartContactCenterSession","channels":["chat"]}""");
        await Operate(agent, """{"operationName":"Ready"}""");

        using var customer = await server.Customer("Ada");
        var chat = customer.ChatId;
        await Changed(agent, "StatusChange", "Invited", """{"capabilities":["Accept","Reject"],"participants":[],…}""");
        await customer.Say("Is anybody there?");
        (await agent.Do(chat, "Accept")).Succeeded();
        await Changed(agent, "StatusChange", "Chatting");
        await Changed(
            agent, "ParticipantsUpdated", "Chatting", """{"participants":[{"type":"Agent",…},{"type":"Customer",…}],…}""");
        await Said(agent, chat, "1 ParticipantJoined", "2 Text", "3 ParticipantJoined");

        await Converse(agent, customer);
        await Finish(agent, customer);

        var story = await customer.ReadAll();
        Assert.True(story["chatEnded"]!.GetValue<bool>());
        Assert.Equal(
            [
                "1 ParticipantJoined", "2 Message", "3 ParticipantJoined", "4 Message", "7 Message", "8 ParticipantLeft",
                "9 ParticipantLeft",
            ],
            story["messages"]!.AsArray().Select(Title).Where(t => !t.Contains("Typing", StringComparison.Ordinal)));
    }

    private static async Task Converse(AgentClient agent, CustomerClient customer)
    {
        var chat = customer.ChatId;
        (await agent.Do(chat, "SendMessage", new JsonObject { ["text"] = "Good morning" })).Succeeded();
        await Said(agent, chat, "4 Text");
        (await agent.Do(chat, "SendStartTypingNotification")).Succeeded();
        await Said(agent, chat, "5 TypingStarted");
        (await customer.Post("startTyping")).Succeeded();
        await Said(agent, chat, "6 TypingStarted");
        await customer.Say("Where is my parcel?");
        await Said(agent, chat, "7 Text");
        (await agent.Do(chat, "AttachUserData", new JsonObject { ["userData"] = new JsonObject { ["OrderNo"] = "A-1199" } }))
            .Succeeded();
        await Changed(agent, "PropertiesUpdated", "Chatting", """{"userData":{"OrderNo":"A-1199",…},…}""");
        (await agent.Do(chat, "SetDisposition", new JsonObject { ["disposition"] = "Solved" })).Succeeded();
        await Changed(agent, "PropertiesUpdated", "Chatting", """{"userData":{"DispositionCode":"Solved",…},…}""");
    }

    private static async Task Finish(AgentClient agent, CustomerClient customer)
    {
        var chat = customer.ChatId;
        (await agent.Do(chat, "Leave")).Succeeded();
        await Changed(agent, "StatusChange", "LeftChat");
        await Changed(agent, "ParticipantsUpdated", "LeftChat", """{"participants":[],…}""");
        await Said(agent, chat, "8 ParticipantLeft", "9 ParticipantLeft");
        (await agent.Do(chat, "UpdateUserData", new JsonObject { ["userData"] = new JsonObject { ["OrderNo"] = "A-1200" } }))
            .Succeeded();
        await Changed(agent, "PropertiesUpdated", "LeftChat", """{"userData":{"OrderNo":"A-1200",…},…}""");
        (await agent.Do(chat, "Complete")).Succeeded();
        await Changed(agent, "StatusChange", "Completed", """{"capabilities":[],…}""");
        Assert.Empty(await agent.ReadChats());
    }

    private static async Task Operate(AgentClient agent, string body) => (await agent.Post("/api/v2/me", body)).Succeeded();

    private static async Task Changed(AgentClient agent, string notificationType, string state, string chat = "{…}")
    {
        var data = await agent.Inbox.Next(AgentClient.Chats, $"{notificationType} {state}");
        JsonPattern.Parse($$"""{"messageType":"ChatStateChangeMessage","notificationType":"{{notificationType}}",…}""")
            .Check(data, "event");
        Assert.Equal(state, data["chat"]!["state"]!.GetValue<string>());
        JsonPattern.Parse(chat).Check(data["chat"], "chat");
    }

    private static async Task Said(AgentClient agent, string chat, params string[] titles)
    {
        var data = await agent.Inbox.Next(AgentClient.Chats, string.Join(", ", titles));
        Assert.Equal($"/chats/{chat}", data["chatPath"]?.GetValue<string>());
        Assert.Equal(titles, data["messages"]!.AsArray().Select(Title));
    }

    private static string Title(JsonNode? message) => $"{message!["index"]} {message["type"]}";
}
