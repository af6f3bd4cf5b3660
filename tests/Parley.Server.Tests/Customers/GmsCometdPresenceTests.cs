using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Parley.Bayeux;
using Parley.Server.Customers;
using Parley.Server.Hosting;
using Parley.Server.Tests.Harness;
using Parley.Server.Tests.Provisioning;
using Parley.Server.Tests.Rest;
using Parley.Testing;

namespace Parley.Server.Tests.Customers;

/// <summary>When customers who are pushed to count as gone: live ones and those who come and go.</summary>
public sealed class GmsCometdPresenceTests : IAsyncLifetime
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(150_000);

    private readonly ManualTime clock = new();
    private StartedServer server = null!;
    private AgentClient ana = null!;

    public async ValueTask InitializeAsync()
    {
        server = await StartedServer.Start(
            $$"""
            {
              "name": "Test",
              "users": [ { "userName": "ana", "passwordHash": "{{TestCenter.Hash}}" } ],
              "queues": [ { "name": "Support", "agents": [ "ana" ] } ],
              "services": [
                { "name": "customer-support", "queue": "Support", "asynchronous": false },
                { "name": "patient", "queue": "Support", "asynchronous": true }
              ]
            }
            """,
            builder => builder.Services.AddSingleton<TimeProvider>(clock), "Parley:GmsCometd:BatchMs=0",
            "Parley:Routing:OfferTimeoutMs=86400000");
        ana = new AgentClient(server.Address, "ana", TestCenter.Password);
    }

    public async ValueTask DisposeAsync()
    {
        await ana.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_customer_who_polls_by_CometD_is_there_and_is_gone_some_time_after_the_last_session()
    {
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        await using var tab = await ada.OpenAnother();
        await tab.Listen();
        await Pass(2 * Silence, ada, tab);
        Assert.True(await IsOpen(ada));

        await tab.Listener.Disconnect();
        await Pass(2 * Silence, ada);
        Assert.True(await IsOpen(ada));

        await ada.Listener.Disconnect();
        clock.Advance(Silence - TimeSpan.FromSeconds(1));
        await using var back = await ada.OpenAnother();
        Assert.False((await back.Listen())["chatEnded"]!.GetValue<bool>());
        await Pass(2 * Silence, back);
        Assert.True(await IsOpen(ada));

        await back.Listener.Disconnect();
        clock.Advance(Silence + TimeSpan.FromSeconds(1));
        await Eventually.True(async () => !await IsOpen(ada));
    }

    [Fact]
    public async Task Whoever_does_not_poll_loses_the_session_and_is_told_to_shake_hands()
    {
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        await Told();
        await ada.Listener.Vanish();
        var sessions = server.Services.GetRequiredKeyedService<BayeuxServer>("customers");
        await Eventually.True(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(16));
            return Task.FromResult(sessions.SessionCount == 0);
        });

        using var http = new HttpClient { BaseAddress = server.Address };
        var messages = new[] { "/meta/connect", ada.Channel }.Select(channel => new JsonObject
        {
            ["channel"] = channel, ["clientId"] = ada.Listener.ClientId, ["id"] = "1", ["data"] = new JsonObject(),
        });
        foreach (var message in messages)
        {
            using var body = new StringContent($"[{message.ToJsonString()}]");
            using var answer = await http.PostAsync("/genesys/cometd", body);
            var reply = JsonNode.Parse(await answer.Content.ReadAsStringAsync())![0]!;
            Assert.Equal("402::Unknown client", $"{reply["error"]}");
            Assert.Equal("handshake", $"{reply["advice"]!["reconnect"]}");
        }
        clock.Advance(Silence + TimeSpan.FromSeconds(1));
        await Eventually.True(async () => !await IsOpen(ada));
    }

    [Fact]
    public async Task An_ended_chat_keeps_its_sessions_for_a_minute()
    {
        await using var ada = await PushedCustomer.Ask(server.Address, "Ada");
        await ada.Publish("disconnect");
        Assert.True((await ada.Next())["chatEnded"]!.GetValue<bool>());
        var bindings = server.The<GmsBindings>();
        var session = server.Services.GetRequiredKeyedService<BayeuxServer>("customers").Sessions.Single();

        await Pass(TimeSpan.FromSeconds(59), ada);
        Assert.NotNull(bindings.ChatOf(session));
        await Pass(TimeSpan.FromSeconds(2), ada);
        Assert.Null(bindings.ChatOf(session));
    }

    [Fact]
    public async Task A_customer_of_an_asynchronous_chat_may_be_away_for_days_and_comes_back_as_widgets_do()
    {
        var ada = await PushedCustomer.Ask(
            server.Address, "Ada", "patient", ",\"text\":\"first\",\"userData\":{\"GCTI_Chat_AsyncMode\":\"true\"}");
        await ada.Listener.Disconnect();
        await Told();
        clock.Advance(TimeSpan.FromDays(3));

        await ana.DisposeAsync();
        ana = new AgentClient(server.Address, "ana", TestCenter.Password);
        await ana.SignIn();
        await ana.GoReady();
        var chat = await ana.AcceptNext();
        (await ana.Do(chat, "SendMessage", new JsonObject { ["text"] = "While you were away" })).Succeeded();
        Assert.DoesNotContain("GCTI_Chat", (await ana.ReadChats()).ToJsonString(), StringComparison.Ordinal);

        await using var back = await ada.OpenAnother();
        await back.Publish("refresh", ",\"transcriptPosition\":-1");
        var last = await back.Next();
        Assert.False(last["chatEnded"]!.GetValue<bool>());
        var message = Assert.Single(last["messages"]!.AsArray())!;
        Assert.Equal("While you were away", $"{message["text"]}");
        var from = Math.Max(1, message["index"]!.GetValue<int>() - 20);
        await back.Publish("requestNotifications", $$""","transcriptPosition":{{from}},"userData":{"Page":"Basket"}""");
        Assert.Equal(
            ["ParticipantJoined", "Message", "ParticipantJoined", "Message"],
            (await back.Next())["messages"]!.AsArray().Select(m => $"{m!["type"]}"));
        await Eventually.True(async () => $"{(await ana.ReadChats()).Single()!["userData"]!["Page"]}" == "Basket");
        await back.Publish("sendMessage", ",\"message\":\"I am back\"");
        Assert.Equal("I am back", $"{(await back.Next())["messages"]![0]!["text"]}");
    }

    [Fact]
    public async Task Only_a_service_that_allows_it_lets_customers_come_and_go()
    {
        await using var ada = await PushedCustomer.Ask(
            server.Address, "Ada", "customer-support", ",\"userData\":{\"GCTI_Chat_AsyncMode\":\"true\"}");
        await ada.Listener.Disconnect();
        await Told();
        clock.Advance(Silence + TimeSpan.FromSeconds(1));
        await Eventually.True(async () => !await IsOpen(ada));
    }

    /// <summary>Time passes while these pages are there: they poll, and say so often enough not to depend on when.</summary>
    private async Task Pass(TimeSpan time, params PushedCustomer[] pages)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            if (passed.Seconds % 10 != 0) continue;
            foreach (var page in pages)
                await page.Listener.Send(new JsonObject { ["channel"] = "/meta/unsubscribe", ["subscription"] = page.Channel });
        }
    }

    /// <summary>Everything that is durable has been told to everyone.</summary>
    private async Task Told()
    {
        await ana.SignIn();
        await ana.HearsOut();
    }

    private async Task<bool> IsOpen(PushedCustomer customer)
    {
        var chats = server.The<ChatHost>();
        return await chats.Find(new ChatId(customer.ChatId)) is { CustomerPresent: true };
    }
}
