using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Durability;

/// <summary>A machine whose clock is set an hour forwards or backwards while people chat.</summary>
public sealed class ClockTests : IAsyncLifetime
{
    private readonly ManualTime clock = new();
    private RunningServer server = null!;
    private AgentClient bob = null!;
    private CustomerClient ada = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RunningServer.Start(clock, "--Parley:Routing:NotReadyOnInvitationTimeout=true");
        bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
        ada = await server.Customer("Ada");
    }

    public async ValueTask DisposeAsync()
    {
        ada.Dispose();
        await bob.DisposeAsync();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Who_is_there_stays_and_what_was_said_is_in_order(int hours)
    {
        await bob.AcceptNext();
        await ada.Say("before");

        clock.Set(TimeSpan.FromHours(hours));
        for (var second = 0; second < 40; second++)
        {
            // both are there all the time, as the machine's other clock counts it
            clock.Advance(TimeSpan.FromSeconds(1));
            await ada.Refresh();
            if (second % 10 == 0) (await bob.Get("/api/v2/me")).Succeeded();
        }
        await ada.Say("after");
        (await bob.Do(ada.ChatId, "SendMessage", new JsonObject { ["text"] = "and then" })).Succeeded();

        Assert.Equal("Chatting", $"{Assert.Single(await bob.ReadChats())!["state"]}");
        var messages = (await ada.ReadAll())["messages"]!.AsArray();
        var times = messages.Select(m => m!["utcTime"]!.GetValue<long>()).ToArray();
        Assert.Equal(times.Order(), times);
        Assert.Equal(
            ["before", "after", "and then"],
            messages.Where(m => $"{m!["type"]}" == "Message" && m["text"] is not null).Select(m => $"{m!["text"]}"));
        Assert.True(bob.Listener.IsListening, "The agent's subscription is gone.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task An_offer_is_open_for_as_long_as_it_was_meant_to_be(int hours)
    {
        await bob.NextOffer();

        clock.Set(TimeSpan.FromHours(hours));
        await Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("Invited", $"{Assert.Single(await bob.ReadChats())!["state"]}");

        for (var more = 0; more < 60 && (await bob.ReadChats()).Count > 0; more += 5) await Pass(TimeSpan.FromSeconds(5));
        await Eventually.NoComplaint(async () =>
            (await bob.ReadChats()) is { Count: > 0 } still ? $"The offer is still open: {still.ToJsonString()}" : null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_customer_who_is_gone_is_missed_no_earlier_and_no_later(int hours)
    {
        await bob.AcceptNext();

        clock.Set(TimeSpan.FromHours(hours));
        await Pass(TimeSpan.FromSeconds(20), isThere: false);
        Assert.Equal("Chatting", $"{Assert.Single(await bob.ReadChats())!["state"]}");

        for (var minute = 0; minute < 10 && $"{(await bob.ReadChats())[0]!["state"]}" == "Chatting"; minute++)
            await Pass(TimeSpan.FromMinutes(1), isThere: false);
        await Eventually.NoComplaint(async () =>
            $"{(await bob.ReadChats())[0]!["state"]}" == "LeftChat" ? null : "The customer is not missed.");
    }

    /// <summary>Lets time pass for an agent who is there, and a customer who is or is not.</summary>
    private async Task Pass(TimeSpan time, bool isThere = true)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(5))
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            (await bob.Get("/api/v2/me")).Succeeded();
            if (isThere) await ada.Refresh();
        }
    }
}
