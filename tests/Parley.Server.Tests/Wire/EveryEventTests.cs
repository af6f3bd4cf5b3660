using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>
/// A customer on each door and agents go through every type of event that there is, up to an end by silence; each reads them in
/// the words of its door.
/// </summary>
public sealed class EveryEventTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private StartedServer server = null!;
    private AgentClient ana = null!;
    private AgentClient ben = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartedServer.Start(
            $$"""
            {
              "name": "Test",
              "users": [
                { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Ana" },
                { "userName": "ben", "passwordHash": "{{TestCenter.Hash}}", "firstName": "Ben" }
              ],
              "queues": [ { "name": "Support", "agents": [ "ana" ] } ],
              "services": [
                { "name": "customer-support", "queue": "Support", "greeting": "Welcome", "typingPreview": true,
                  "files": { "enabled": true },
                  "idle": { "alertMs": 60000, "closeMs": 20000, "alertText": "Still there?", "closeText": "Bye" } }
              ]
            }
            """,
            builder => builder.Services.AddSingleton<TimeProvider>(clock),
            "Parley:Customers:SilenceTimeoutMs=1728000000", "Parley:GmsCometd:BatchMs=0", "Parley:GmsCometd:MaxIntervalMs=600000",
            "Parley:Notifications:MaxIntervalMs=600000", "Parley:Routing:SilenceWithoutNotificationsMs=86400000",
            "Parley:Routing:DisappearanceGraceMs=3600000");
        (ana, ben) = (new(server.Address, "ana", TestCenter.Password), new(server.Address, "ben", TestCenter.Password));
        foreach (var agent in new[] { ana, ben })
        {
            await agent.SignIn();
            await agent.GoReady();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ana.DisposeAsync();
        await ben.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task At_door_A()
    {
        using var ada = await GwsClient.Ask(server.Address, "Ada");
        var live = new List<string>();
        async Task Poll() => live.AddRange(await Read(""));
        async Task<IEnumerable<string>> Read(string query) =>
            (await ada.Get($"/messages{query}")).Succeeded().Body["messages"]!.AsArray().Select(Told);

        (await ada.Do("SendMessage", "Hello")).Succeeded();
        var chat = await Accept(ana, "Ana");
        (await ada.Do("SendStartTypingNotification", "Hel")).Succeeded();
        (await ada.Do("SendStopTypingNotification")).Succeeded();
        await AgentsAct(chat, Poll);
        await NobodySpeaks(chat);
        await Poll();

        string[] all =
        [
            "1 Customer ParticipantJoined", "2 External Text Welcome", "1 Customer Text Hello", "3 Agent ParticipantJoined",
            "3 Agent Text Good morning", "3 Agent Text https://shop.example.test/", "4 Agent ParticipantJoined",
            "4 Agent ParticipantLeft", "4 Agent ParticipantRejoined", "4 Agent ParticipantLeft",
            "2 External Text Still there?", "2 External Text Bye", "1 Customer ParticipantLeft",
        ];
        Assert.Equal(all, await Read("?index=0"));
        Assert.Equal(
            [.. all[..4], "3 Agent TypingStarted", "3 Agent TypingStopped", .. all[4..], "1 Customer TranscriptSaveDone"], live);
    }

    [Fact]
    public async Task At_door_B()
    {
        using var ada = await CustomerClient.Ask(server.Address, "Ada");
        var live = new List<string>();
        async Task Poll()
        {
            await ada.Refresh();
            live.AddRange((await ada.Untaken()).Select(Told));
            await ada.TakeAll();
        }
        await ada.Say("Hello");
        var chat = await Accept(ana, "Ana");
        foreach (var (operation, field, value) in Acts) (await ada.Post(operation, (field, value))).Succeeded();
        var files = $"{CustomerClient.Service}/{chat}/file";
        await SendAndDeleteFile(files, ada.SecureKey, id => $"{files}/{id}/delete");
        await AgentsAct(chat, Poll);
        await NobodySpeaks(chat);
        await Poll();

        Assert.Equal(Everything, (await ada.ReadAll())["messages"]!.AsArray().Select(Told));
        Assert.Equal(WithTyping(Everything), live);
        Assert.Equal(AgentsSee, (await ana.ReadMessages(chat)).Select(Told));
    }

    [Fact]
    public async Task At_door_C()
    {
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        var live = ada.Keys["messages"]!.AsArray().Select(Told).ToList();
        async Task Poll(string until) => live.AddRange((await ada.HearUntil(until)).Select(Told));

        await ada.Publish("sendMessage", ""","message":"Hello" """);
        var chat = await Accept(ana, "Ana");
        foreach (var (operation, field, value) in Acts)
            await ada.Publish(operation, $$""","{{field}}":{{JsonValue.Create(value).ToJsonString()}}""");
        await SendAndDeleteFile("/genesys/2/chat-ntf", ada.SecureKey, null);
        await Poll("FileDeleted");
        var typing = new Queue<string>(["TypingStarted", "TypingStopped"]);
        await AgentsAct(chat, () => Poll(typing.Dequeue()));
        await NobodySpeaks(chat);
        while (!live[^1].StartsWith("1 Client ParticipantLeft", StringComparison.Ordinal)) await Poll("ParticipantLeft");

        Assert.Equal(WithTyping(Everything), live);
        Assert.Equal(AgentsSee, (await ana.ReadMessages(chat)).Select(Told));
    }

    /// <summary>What customers of doors B and C can do besides talking.</summary>
    private static readonly (string Operation, string Field, string Value)[] Acts =
    [
        ("startTyping", "message", "Hel"), ("stopTyping", "message", ""), ("customNotice", "message", "form"),
        ("updateNickname", "nickname", "Adele"), ("pushUrl", "pushUrl", "https://basket.example.test/"),
        ("readReceipt", "transcriptPosition", "2"), ("updateData", "userData[step]", "2"),
    ];

    private static readonly string[] Everything =
    [
        "1 Client ParticipantJoined", "2 External Message Welcome", "1 Client Message Hello", "3 Agent ParticipantJoined",
        "1 Client CustomNotice form", "1 Client NicknameUpdated Adele", "1 Client PushUrl https://basket.example.test/",
        "1 Client FileUploaded a.txt", "1 Client FileDeleted a.txt", "3 Agent Message Good morning",
        "3 Agent PushUrl https://shop.example.test/", "3 Agent CustomNotice signal", "4 Agent ParticipantJoined",
        "4 Agent ParticipantLeft", "4 Agent ParticipantJoined", "4 Agent ParticipantLeft",
        "2 External IdleAlert Still there?", "2 External IdleClose Bye", "1 Client ParticipantLeft",
    ];

    private static readonly string[] AgentsSee =
    [
        "Customer ParticipantJoined", "System Text Welcome", "Customer Text Hello", "Agent ParticipantJoined",
        "Customer TypingStarted Hel", "Customer TypingStopped", "Customer CustomNotice form", "Customer Notice Adele",
        "Customer PushUrl https://basket.example.test/", "Customer Notice a.txt", "Customer Notice a.txt",
        "Agent TypingStarted", "Agent TypingStopped", "Agent Text Good morning", "Agent PushUrl https://shop.example.test/",
        "Agent CustomNotice signal", "Agent ParticipantJoined", "Agent ParticipantLeft", "Agent ParticipantRejoined",
        "Agent ParticipantLeft", "System Notice Still there?", "System Notice Bye", "Customer ParticipantLeft",
    ];

    /// <summary>Typing is told while it goes on, and no more when somebody reads it all again.</summary>
    private static IEnumerable<string> WithTyping(string[] all)
    {
        var at = Array.IndexOf(all, "3 Agent Message Good morning");
        return [.. all[..at], "3 Agent TypingStarted", "3 Agent TypingStopped", .. all[at..]];
    }

    /// <param name="poll">Twice the customer looks, while somebody types and when that has ended.</param>
    private async Task AgentsAct(string chat, Func<Task> poll)
    {
        await Do(ana, chat, "SendStartTypingNotification");
        await poll();
        await Do(ana, chat, "SendStopTypingNotification");
        await poll();
        await Do(ana, chat, "SendMessage", "text", "Good morning");
        await Do(ana, chat, "SendUrl", "url", "https://shop.example.test/");
        await Do(ana, chat, "SendCustomNotice", "noticeText", "signal");
        for (var i = 0; i < 2; i++)
        {
            await Do(ana, chat, "Invite", "targetUri", $"/api/v2/users/{await ben.ReadId()}");
            await Accept(ben, "Ben");
            await Do(ben, chat, "Leave");
            await ben.HearsOut();
            ben.Inbox.TakeAll(AgentClient.Chats);
        }
    }

    private async Task NobodySpeaks(string chat)
    {
        var messages = (await ana.ReadMessages(chat)).Count;
        foreach (var (seconds, more) in new[] { (61, 1), (21, 3) })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await Eventually.True(async () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(1));
                return (await ana.ReadMessages(chat)).Count == messages + more;
            });
        }
    }

    private async Task SendAndDeleteFile(string path, string key, Func<string, string>? deleteAt)
    {
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = Eventually.Patience };
        using var form = new MultipartFormDataContent { { new StringContent(key), "secureKey" } };
        form.Add(new ByteArrayContent("a text"u8.ToArray()), "file", "a.txt");
        var id = $"{(await DoorAnswer.Post(http, path, form)).Succeeded().Body["userData"]!["file-id"]}";
        KeyValuePair<string, string>[] fields = [new("secureKey", key), new("operation", "fileDelete"), new("fileId", id)];
        (await DoorAnswer.Post(http, deleteAt?.Invoke(id) ?? path, fields)).Succeeded();
    }

    private static async Task<string> Accept(AgentClient agent, string nickname)
    {
        var chat = await agent.NextOffer();
        await Do(agent, chat, "Accept", "nickname", nickname);
        await agent.HearsOut();
        agent.Inbox.TakeAll(AgentClient.Chats);
        return chat;
    }

    private static async Task Do(AgentClient agent, string chat, string operation, string? parameter = null, string value = "") =>
        (await agent.Do(chat, operation, parameter is null ? null : new JsonObject { [parameter] = value })).Succeeded();

    private static string Told(JsonNode? message)
    {
        var from = message!["from"]!;
        var number = $"{from["participantId"]}" is { Length: < 3 } small ? $"{small} " : "";
        return $"{number}{from["type"]} {message["type"]} {message["text"] ?? message["url"] ?? message["noticeText"]}".TrimEnd();
    }
}
