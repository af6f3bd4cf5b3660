using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Wire;

/// <summary>An agent with a desktop of the first release: operations and notifications by its addresses.</summary>
internal sealed class OlderDesk : IAsyncDisposable
{
    public const string Topic = "/v2/me/interactions";
    public const string PrintedTopic = "/me/interactions";
    private const int BeyondTheEnd = 1_000_000;

    private readonly string topic;

    private OlderDesk(AgentClient agent, string topic)
    {
        (Agent, this.topic) = (agent, topic);
        Listener = new BayeuxListener(agent.Http);
    }

    public AgentClient Agent { get; }

    /// <summary>Hears the topics of both releases.</summary>
    public BayeuxListener Listener { get; }

    /// <summary>The agent is ready, and listens.</summary>
    public static async Task<OlderDesk> Open(RunningServer server, int number, string topic = Topic)
    {
        var desk = new OlderDesk(server.Agent(number), topic);
        await desk.Listener.Start(AgentClient.Chats, topic);
        await desk.Agent.SignIn();
        await desk.Agent.GoReady();
        return desk;
    }

    public Task<JsonObject> Next() => Listener.Inbox.Next(topic);

    public Task<Answer> Do(string chatId, string operation, params (string Name, string Value)[] parameters)
    {
        var body = new JsonObject { ["operationName"] = operation };
        foreach (var (name, value) in parameters) body[name] = value;
        return Agent.Post($"/me/interactions/{chatId}", body.ToJsonString());
    }

    /// <summary>What both topics have told since the last time; an empty history ends it on each.</summary>
    public async Task<IReadOnlyList<(JsonObject Today, JsonObject Older)>> Told(string chatId)
    {
        (await Do(chatId, "RequestChatHistory", ("eventId", $"{BeyondTheEnd}"))).Succeeded();
        var today = await UntilEmptyHistory(AgentClient.Chats);
        var older = await UntilEmptyHistory(topic);
        Assert.Equal(today.Count, older.Count);
        return [.. today.Zip(older)];
    }

    public async ValueTask DisposeAsync()
    {
        await Listener.DisposeAsync();
        await Agent.DisposeAsync();
    }

    private async Task<List<JsonObject>> UntilEmptyHistory(string channel)
    {
        var told = new List<JsonObject>();
        do told.Add(await Listener.Inbox.Next(channel, "an empty history"));
        while (told[^1]["messages"] is not JsonArray { Count: 0 });
        return told;
    }
}
