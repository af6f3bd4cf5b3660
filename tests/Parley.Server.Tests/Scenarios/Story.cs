using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Scenarios;

/// <summary>
/// What one desktop knows of its chats from notifications alone: the fold that every client makes. It refuses what a client
/// cannot digest: a chat first heard of by anything but a StatusChange, anything after a chat's end, an index twice or out of
/// order.
/// </summary>
internal sealed class Story
{
    private readonly Dictionary<string, JsonObject> views = [];
    private readonly Dictionary<string, SortedDictionary<int, JsonObject>> messages = [];

    /// <summary>The last view of each chat that has not ended for this agent, by id.</summary>
    public IReadOnlyDictionary<string, JsonObject> Views => views;

    /// <summary>The messages pushed for a chat, in the order of their indexes.</summary>
    public IReadOnlyList<JsonObject> MessagesOf(string chatId) =>
        messages.TryGetValue(chatId, out var known) ? [.. known.Values] : [];

    /// <summary>The story so far of all notifications on <c>/v2/me/chats</c>.</summary>
    public static Story Of(IEnumerable<JsonObject> events)
    {
        var story = new Story();
        foreach (var item in events.Where(e => e["channel"]?.GetValue<string>() == "/v2/me/chats"))
            story.Tell(item["data"]!.AsObject());
        return story;
    }

    private void Tell(JsonObject data)
    {
        switch (data["messageType"]!.GetValue<string>())
        {
            case "ChatStateChangeMessage":
                TellChange(data["notificationType"]!.GetValue<string>(), data["chat"]!.AsObject());
                break;
            case "MessageLogUpdated":
                TellMessages(data["chatPath"]!.GetValue<string>()["/chats/".Length..], data["messages"]!.AsArray());
                break;
            default:
                Assert.Fail($"Not a chat notification: {data.ToJsonString()}");
                break;
        }
    }

    private void TellChange(string notificationType, JsonObject chat)
    {
        var id = chat["id"]!.GetValue<string>();
        Assert.True(
            views.ContainsKey(id) || notificationType == "StatusChange",
            $"{notificationType} is the first or comes after the last of {id}");
        if (chat["state"]!.GetValue<string>() is "Completed" or "Revoked")
        {
            views.Remove(id);
            messages.Remove(id);
        }
        else
        {
            views[id] = chat;
        }
    }

    private void TellMessages(string id, JsonArray added)
    {
        Assert.True(views.ContainsKey(id), $"Messages of chat {id}, which this agent does not have");
        if (!messages.TryGetValue(id, out var known)) messages[id] = known = [];
        foreach (var message in added.Select(m => m!.AsObject()))
        {
            var index = message["index"]!.GetValue<int>();
            if (index == -1) continue;
            Assert.True(index == known.Count + 1, $"Index {index} after {known.Count} in chat {id}");
            known.Add(index, message);
        }
    }
}
