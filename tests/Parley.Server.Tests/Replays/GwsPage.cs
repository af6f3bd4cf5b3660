using System.Text;
using System.Text.Json.Nodes;
using Parley.Server.Customers;

namespace Parley.Server.Tests.Replays;

/// <summary>
/// The page that polls GWS Customer Chat (door A): it names no contact centre, adds an empty object to its query, keeps no
/// positions, and is deaf for good after one answer other than 200 (K20, K21).
/// </summary>
internal sealed class GwsPage(HttpClient http) : PublishedClient(http)
{
    private string chat = "";

    public override string AgentsChatId => CustomerKeys.ChatIdOf(chat[(chat.LastIndexOf('/') + 1)..]).Value;

    public override async Task Begin()
    {
        var created = await Post(
            "/api/v2/chats/",
            """
            {"operationName":"RequestChat","nickname":"Ada","subject":"No Subject",
             "userData":{"FirstName":"Ada","LastName":"","EmailAddress":"ada@example.test"}}
            """);
        chat = $"/api/v2/chats/{created["id"]}";
        Assert.Equal(chat, $"{created["path"]}");
    }

    public override async Task Type(string text)
    {
        await Do("SendStartTypingNotification");
        await Do("SendStopTypingNotification");
    }

    public override Task Say(string text) => Do("SendMessage", text);

    public override Task Poll() => Read("/messages?{}");

    public override async Task Restore()
    {
        Screen.Clear();
        await Read("/messages?index=0");
    }

    /// <summary>On the click and again when the page goes.</summary>
    public override async Task Leave()
    {
        await Do("Complete");
        await Do("Complete");
        await Read("/messages?{}");
        IsOver = true;
    }

    private async Task Read(string messages)
    {
        using var response = await Http.GetAsync(chat + messages);
        Assert.Equal(200, (int)response.StatusCode);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        foreach (var message in answer["messages"]!.AsArray())
        {
            Assert.Matches("^[0-9]+$", message!["from"]!["participantId"]!.GetValue<string>());
            if (Line($"{message["type"]}", $"{message["from"]!["nickname"]}", $"{message["text"]}") is { } line) Screen.Add(line);
        }
        using var state = await Http.GetAsync(chat);
        IsOver |= $"{JsonNode.Parse(await state.Content.ReadAsStringAsync())!["chat"]!["state"]}" == "Idle";
    }

    private Task Do(string operation, string? text = null)
    {
        var body = new JsonObject { ["operationName"] = operation };
        if (text is not null) body["text"] = text;
        return Post(chat, body.ToJsonString());
    }

    /// <summary>Posts JSON without saying that it is.</summary>
    private async Task<JsonNode> Post(string path, string json)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.Add("apikey", "for-a-gateway");
        using var response = await Http.PostAsync(path, content);
        Assert.Equal(200, (int)response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
