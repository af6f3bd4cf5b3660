using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>What services say of chats in which nobody says anything, as customers of both doors notice it.</summary>
public sealed class IdleTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private StartedServer server = null!;
    private AgentClient ana = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartedServer.Start(
            $$"""
            {
              "name": "Test",
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ],
              "queues": [ { "name": "Support", "agents": [ "ana" ] } ],
              "services": [
                {
                  "name": "twice", "queue": "Support",
                  "idle": {
                    "alertMs": 60000, "secondAlertMs": 30000, "closeMs": 20000,
                    "alertText": "One", "secondAlertText": "Two", "closeText": "Three"
                  }
                },
                { "name": "wordless", "queue": "Support", "idle": { "alertMs": 60000, "alertText": "", "closeText": "" } },
                { "name": "never", "queue": "Support", "idle": { "alertMs": 0 } },
                { "name": "typing", "queue": "Support", "idle": { "alertMs": 60000, "notices": "typing" } },
                { "name": "patient", "queue": "Support", "asynchronous": true, "idle": { "asyncAlertMs": 7200000, "asyncCloseMs": 3600000 } }
              ]
            }
            """,
            builder => builder.Services.AddSingleton<TimeProvider>(clock),
            "Parley:Customers:GwsService=twice", "Parley:Customers:SilenceTimeoutMs=1728000000",
            "Parley:Routing:SilenceWithoutNotificationsMs=86400000", "Parley:Routing:DisappearanceGraceMs=3600000",
            "Parley:Customers:CreatesPerMinute=0", "Parley:Customers:RequestsPerMinute=0");
        http = new HttpClient { BaseAddress = server.Address };
        ana = new AgentClient(server.Address, "ana", TestCenter.Password);
        await ana.SignIn();
        await ana.GoReady();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await ana.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_second_warning_comes_before_the_end_and_each_says_what_follows()
    {
        var chat = await Talk("twice");
        await Pass(61, () => Count(chat, 3));
        Assert.Equal(["IdleAlert One ALERT 30"], await Idle(chat));
        Assert.InRange((int?)(await Refresh(chat))["idleTimerExpire"] ?? 0, 20, 30);

        await Pass(30, () => Count(chat, 4));
        Assert.Equal(["IdleAlert One ALERT 30", "IdleAlert Two CLOSE 20"], await Idle(chat));

        await Pass(20, () => Count(chat, 6));
        Assert.Equal("IdleClose Three  ", (await Idle(chat))[^1]);
        var end = await Refresh(chat);
        Assert.True((bool)end["chatEnded"]!);
        Assert.Null(end["idleTimerExpire"]);
    }

    [Fact]
    public async Task A_warning_without_words_drives_the_widgets_dialog_all_the_same()
    {
        var chat = await Talk("wordless");
        await Pass(61, () => Count(chat, 3));
        Assert.Equal(["IdleAlert  CLOSE 45"], await Idle(chat));
        Assert.InRange((int?)(await Refresh(chat))["idleTimerExpire"] ?? 0, 35, 45);
    }

    [Fact]
    public async Task Without_a_warning_nobody_is_closed()
    {
        var chat = await Talk("never");
        clock.Advance(TimeSpan.FromMinutes(50));
        await Post(chat, "send", ("message", "I am back"));
        Assert.Equal(3, (await Refresh(chat))["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task Typing_answers_a_warning_where_it_counts()
    {
        var chat = await Talk("typing");
        await Pass(61, () => Count(chat, 3));
        Assert.InRange((int?)(await Refresh(chat))["idleTimerExpire"] ?? 0, 35, 45);
        await Post(chat, "startTyping");
        Assert.Null((await Refresh(chat))["idleTimerExpire"]);

        await Pass(61, async () => (await Idle(chat)).Length == 2);
        Assert.True((int?)(await Refresh(chat))["idleTimerExpire"] > 0);
    }

    [Fact]
    public async Task Customers_of_door_A_read_warnings_and_the_end_as_texts_from_outside()
    {
        using var mira = await GwsClient.Ask(server.Address);
        await ana.AcceptNext();
        await Pass(61, async () => (await mira.Types("?index=0")).Length == 3);
        await Pass(30, async () => (await mira.Types("?index=0")).Length == 4);
        await Pass(20, async () => (string?)(await mira.Chat())["state"] == "Idle");

        var messages = (await mira.Get("/messages?index=3")).Succeeded().Body["messages"]!.AsArray();
        Assert.Equal(
            ["Text External One", "Text External Two", "Text External Three", "ParticipantLeft Customer "],
            messages.Select(m => $"{m!["type"]} {m["from"]!["type"]} {m["text"]}"));
    }

    [Fact]
    public async Task An_asynchronous_chat_may_be_quiet_for_longer()
    {
        var chat = await Talk("patient", ("userData[GCTI_Chat_AsyncMode]", "true"));
        for (var i = 0; i < 4; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1_750));
            await ana.Get("/api/v2/me");
        }
        await Post(chat, "startTyping"); // only signals count here
        Assert.Empty(await Idle(chat));
        await Pass(201, async () => (await Idle(chat)).Length == 1);
        Assert.Equal(["IdleAlert Are you still there? CLOSE 3600"], await Idle(chat));

        await Post(chat, "customNotice", ("message", "app opened"));
        Assert.Null((await Refresh(chat))["idleTimerExpire"]);
    }

    [Fact]
    public async Task Waiting_or_ended_chats_have_no_countdown()
    {
        var chat = await Ask("twice");
        Assert.Null((await Refresh(chat))["idleTimerExpire"]);
        await Post(chat, "disconnect");
        Assert.Null((await Refresh(chat))["idleTimerExpire"]);
    }

    private async Task<(string Service, JsonNode Created)> Talk(string service, params (string, string)[] fields)
    {
        var chat = await Ask(service, fields);
        Assert.Equal(chat.Created["chatId"]!.GetValue<string>(), await ana.AcceptNext());
        return chat;
    }

    private async Task<(string Service, JsonNode Created)> Ask(string service, params (string, string)[] fields) =>
        (service, await Post($"/genesys/2/chat/{service}", [("nickname", "Ada"), .. fields]));

    /// <summary>Lets time pass, then waits for what the server does by itself; the clock creeps on meanwhile.</summary>
    private async Task Pass(int seconds, Func<Task<bool>> until)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            return until();
        });
    }

    private async Task<bool> Count((string, JsonNode) chat, int messages) =>
        (await Refresh(chat))["messages"]!.AsArray().Count == messages;

    private async Task<string[]> Idle((string, JsonNode) chat) =>
    [
        .. (await Refresh(chat))["messages"]!.AsArray()
            .Where(m => m!["type"]!.GetValue<string>().StartsWith("Idle", StringComparison.Ordinal))
            .Select(m => string.Create(
                CultureInfo.InvariantCulture,
                $"{m!["type"]} {m["text"]} {m["userData"]?["next-idle-timer-type"]} {m["userData"]?["next-idle-timer-secs"]}")),
    ];

    private Task<JsonNode> Refresh((string, JsonNode) chat) => Post(chat, "refresh", ("transcriptPosition", "1"));

    private Task<JsonNode> Post((string Service, JsonNode Created) chat, string operation, params (string, string)[] fields) =>
        Post(
            $"/genesys/2/chat/{chat.Service}/{chat.Created["chatId"]}/{operation}",
            [.. fields, ("secureKey", chat.Created["secureKey"]!.GetValue<string>())]);

    private async Task<JsonNode> Post(string path, (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.PostAsync(path, form);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
