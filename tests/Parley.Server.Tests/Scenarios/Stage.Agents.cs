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
        else if (text.StartsWith("may ", StringComparison.Ordinal)) await May(name, agent, text["may ".Length..]);
        else if (text.StartsWith("does ", StringComparison.Ordinal)) await Operate(name, agent, text);
        else await AgentRequest(name, agent, text);
    }

    private async Task Hears(string name, AgentClient agent, string expected)
    {
        var filled = cast.Fill(Shorthand.Notification(expected));
        var data = await agent.Inbox.Next(AgentClient.Chats, filled);
        JsonPattern.Parse(filled).Check(data, $"{name} hears");
    }

    /// <summary>
    /// Proof that nothing else is on its way: the agent sets the state of its channel to what it is. Its event must come after
    /// everything decided before, so that no event of a chat may be waiting when it has come.
    /// </summary>
    private static async Task HearsNothingMore(string name, AgentClient agent)
    {
        Assert.True(agent.Listener.IsListening, $"{name} is not listening");
        await Fence(agent);
        var chatEvents = agent.Inbox.Untaken(AgentClient.Chats);
        Assert.True(
            chatEvents.Count == 0,
            $"{name} should hear nothing more: {string.Join('\n', chatEvents.Select(e => e.ToJsonString()))}");
    }

    private static async Task Fence(AgentClient agent)
    {
        var state = (await agent.Get("/api/v2/me/channels/chat")).Succeeded().Body["channel"]!;
        var present = state["dndState"]!.GetValue<string>() == "On" ? "DoNotDisturbOn" : OperationOf(state["userState"]!);
        agent.Inbox.TakeAll(AgentClient.Channels);
        (await agent.Post("/api/v2/me/channels/chat", $$"""{"operationName":"{{present}}"}""")).Succeeded();
        await agent.Inbox.Next(AgentClient.Channels, "the fence");
    }

    private static string OperationOf(JsonNode userState) =>
        userState["workMode"]?.GetValue<string>() ?? userState["state"]!.GetValue<string>() switch
        {
            "LoggedOut" => "Offline",
            var state => state,
        };
}
