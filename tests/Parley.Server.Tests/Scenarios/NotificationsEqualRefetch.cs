using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Scenarios;

/// <summary>
/// The rule that what was pushed and what a fresh GET tells are the same story: for one agent, the fold of the notifications
/// equals <c>GET /me/chats?fields=*</c> and, for each chat taken part in, <c>GET …/messages</c>.
/// </summary>
/// <remarks>
/// Pushes and GETs travel on different connections, so the two are given time to meet; they must not stay apart.
/// </remarks>
internal static class NotificationsEqualRefetch
{
    public static Task Check(string name, AgentClient agent) =>
        Eventually.NoComplaint(async () =>
            await Difference(agent) is { } difference && agent.Listener.IsListening ? $"{name}: {difference}" : null);

    /// <summary>The rule for an agent who is not listening and has logged out: no chat is left with them.</summary>
    public static Task CheckNothingIsLeft(string name, AgentClient agent) =>
        Eventually.NoComplaint(async () =>
            await agent.ReadChats() is { Count: > 0 } left ? $"{name} has logged out and still has {left.ToJsonString()}" : null);

    private static async Task<string?> Difference(AgentClient agent)
    {
        var fetched = await agent.ReadChats();
        var story = Story.Of(agent.Inbox.All);
        var byId = fetched.ToDictionary(c => c!["id"]!.GetValue<string>(), c => c!);

        if (story.Views.Keys.FirstOrDefault(id => !byId.ContainsKey(id)) is { } pushedOnly)
            return $"{pushedOnly} was pushed but is not in GET";
        foreach (var (id, chat) in byId)
        {
            if (!story.Views.TryGetValue(id, out var pushed)) return $"{id} is in GET but was not pushed";
            if (!JsonNode.DeepEquals(pushed, chat)) return $"pushed {pushed.ToJsonString()}\n  but GET {chat.ToJsonString()}";
            if (await MessageDifference(agent, story, id, chat["state"]!.GetValue<string>()) is { } difference) return difference;
        }
        return null;
    }

    private static async Task<string?> MessageDifference(AgentClient agent, Story story, string id, string state)
    {
        if (state == "Invited") return null; // The history is pushed on Accept; reading it before is allowed.
        using var response = await agent.Http.GetAsync($"/api/v2/me/chats/{id}/messages");
        var answer = await Answer.Read(response);
        if (answer.StatusCode != 0) return $"GET messages of {id}: {answer.Body.ToJsonString()}";
        var fetched = answer.Body["messages"]!.AsArray();
        JsonArray pushed = [.. story.MessagesOf(id).Select(m => m.DeepClone())];
        return JsonNode.DeepEquals(pushed, fetched)
            ? null
            : $"messages pushed {pushed.ToJsonString()}\n  but GET {fetched.ToJsonString()}";
    }
}
