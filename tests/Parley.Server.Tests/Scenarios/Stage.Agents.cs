using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

internal sealed partial class Stage
{
    private async Task AgentStep(string name, string text)
    {
        var agent = await cast.Agent(name);
        if (text == "hears nothing more") await HearsNothingMore(name, agent);
        else if (text.StartsWith("hears ", StringComparison.Ordinal)) await Hears(name, agent, text["hears ".Length..]);
        else if (text == "goes away") await agent.Listener.Disconnect();
        else if (text == "has no chats") await NotificationsEqualRefetch.CheckNothingIsLeft(name, agent);
        else await AgentRequest(name, agent, text);
    }

    private async Task Hears(string name, AgentClient agent, string expected)
    {
        var filled = cast.Fill(expected);
        var data = await agent.Inbox.Next(AgentClient.Chats, filled);
        JsonPattern.Parse(filled).Check(data, $"{name} hears");
    }

    private async Task AgentRequest(string name, AgentClient agent, string text)
    {
        var request = Request().Match(text);
        if (!request.Success) throw new FormatException($"{name} cannot do this: {text}");
        using var message = new HttpRequestMessage(
            new HttpMethod(request.Groups["verb"].Value), cast.Fill(request.Groups["path"].Value));
        var body = cast.Fill(request.Groups["body"].Value.Trim());
        if (body.Length > 0) message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await agent.Http.SendAsync(message);
        var answer = await Answer.Read(response);
        Assert.True(
            $"{answer.Http}" == request.Groups["status"].Value, $"{name}: HTTP {answer.Http} {answer.Body.ToJsonString()}");
        JsonPattern.Parse(cast.Fill(request.Groups["answer"].Value)).Check(answer.Body, $"{name} is answered");
    }

    /// <summary>
    /// Proof that nothing else is on its way: something harmless is done whose event must come after everything decided
    /// before it, and that event must be the next.
    /// </summary>
    private static async Task HearsNothingMore(string name, AgentClient agent)
    {
        Assert.True(agent.Listener.IsListening, $"{name} is not listening");
        var chats = await agent.ReadChats();
        if (chats.FirstOrDefault(c => c!["state"]!.GetValue<string>() != "Invited") is { } open)
            await FenceByUserData(name, agent, open["id"]!.GetValue<string>());
        else if (chats.Count == 0)
            await FenceByChannel(name, agent);
        else
            throw new FormatException($"{name} holds nothing but offers; any fence would disturb them. Accept one first.");
    }

    /// <summary>Deleting user data that is not there changes nothing and is notified all the same.</summary>
    private static async Task FenceByUserData(string name, AgentClient agent, string chatId)
    {
        (await agent.Do(chatId, "DeleteUserData", new JsonObject { ["keys"] = new JsonArray("never there") })).Succeeded();
        var next = await agent.Inbox.Next(AgentClient.Chats, "the fence");
        JsonPattern.Parse("""{"messageType":"ChatStateChangeMessage","notificationType":"PropertiesUpdated",…}""")
            .Check(next, $"{name} should hear nothing more");
        Assert.True(
            next["chat"]!["id"]!.GetValue<string>() == chatId && next["referenceId"] is not null,
            $"{name} should hear nothing more: {next.ToJsonString()}");
    }

    /// <summary>An agent without chats changes state to and fro; chat events decided before must have come before.</summary>
    private static async Task FenceByChannel(string name, AgentClient agent)
    {
        var before = (await agent.Get("/api/v2/me/channels?fields=*"))
            .Succeeded().Body["channels"]![0]!["userState"]!["state"]!.GetValue<string>();
        agent.Inbox.TakeAll(AgentClient.Channels);
        var (there, back) = before == "Ready" ? ("NotReady", "Ready") : ("AfterCallWork", "NotReady");
        (await agent.Post("/api/v2/me/channels/chat", $$"""{"operationName":"{{there}}"}""")).Succeeded();
        await agent.Inbox.Next(AgentClient.Channels, "the fence");
        var chatEvents = agent.Inbox.Untaken(AgentClient.Chats);
        Assert.True(
            chatEvents.Count == 0,
            $"{name} should hear nothing more: {string.Join('\n', chatEvents.Select(e => e.ToJsonString()))}");
        (await agent.Post("/api/v2/me/channels/chat", $$"""{"operationName":"{{back}}"}""")).Succeeded();
        await agent.Inbox.Next(AgentClient.Channels, "the way back");
    }
}
