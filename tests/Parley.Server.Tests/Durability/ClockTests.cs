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

        await Leap(hours);
        for (var second = 0; second < 40; second++)
        {
            // both are there all the time, as the machine's other clock counts it
            clock.Advance(TimeSpan.FromSeconds(1));
            await ada.Refresh();
            if (second % 10 == 0) (await bob.Get("/api/v2/me")).Succeeded();
        }
        await ada.Say("after");
        (await bob.Do(ada.ChatId, "SendMessage", new JsonObject { ["text"] = "and then" })).Succeeded();

        Assert.Equal("Chatting", await State());
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

        await Leap(hours);
        await Pass(TimeSpan.FromSeconds(10));
        Assert.Equal("Invited", await State());

        for (var more = 0; more < 60 && await State() is not null; more += 5) await Pass(TimeSpan.FromSeconds(5));
        await Eventually.NoComplaint(async () => await State() is null ? null : "The offer is still open.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_customer_who_is_gone_is_missed_no_earlier_and_no_later(int hours)
    {
        await bob.AcceptNext();

        await Leap(hours);
        await Pass(TimeSpan.FromSeconds(60), isThere: false);
        Assert.Equal("Chatting", await State());

        for (var minute = 0; minute < 10 && await State() == "Chatting"; minute++)
            await Pass(TimeSpan.FromMinutes(1), isThere: false);
        await Eventually.NoComplaint(async () => await State() == "LeftChat" ? null : "The customer is not missed.");
    }

    /// <summary>
    /// Sets the clock. Another customer's offer falls due half a minute later, whatever the clock shows; the server then
    /// looks at all
    /// that is due by its time.
    /// </summary>
    private async Task Leap(int hours)
    {
        using var eve = await server.Customer("Eve");
        clock.Set(TimeSpan.FromHours(hours));
    }

    /// <summary>The state of Ada's chat as the agent has it; null if the agent does not have it.</summary>
    private async Task<string?> State() =>
        (await bob.ReadChats()).FirstOrDefault(chat => $"{chat!["id"]}" == ada.ChatId)?["state"]?.GetValue<string>();

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
