using System.Diagnostics;
using Parley.Server.Tests.Harness;
using Parley.Testing;

namespace Parley.Server.Tests.Wire;

/// <summary>Agents whose connection is gone without a word.</summary>
public sealed class GoneAgentTests
{
    [Fact]
    public async Task An_agent_who_vanishes_keeps_the_chat_while_the_session_may_come_back_and_then_loses_it_to_another()
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        await using var bob = server.Agent(1);
        await using var carol = server.Agent(2);
        await bob.SignIn();
        await bob.GoReady();
        using var ada = await server.Customer("Ada");
        await bob.AcceptNext();
        await carol.SignIn();
        await carol.GoReady();

        await bob.Listener.Vanish();
        var gone = TimeSpan.Zero;
        var patience = Stopwatch.StartNew();
        for (var step = TimeSpan.FromSeconds(1); carol.Inbox.Untaken(AgentClient.Chats).Count == 0; gone += step)
        {
            Assert.True(patience.Elapsed < Eventually.Patience, "the chat was never offered to another agent");
            clock.Advance(step);
            await carol.Get("/api/v2/me");
            await ada.Refresh();
        }
        Assert.True(gone > TimeSpan.FromSeconds(60), $"the chat was taken away after {gone} already");
        Assert.Equal(ada.ChatId, await carol.NextOffer());
        Assert.Empty(await bob.ReadChats());
    }

    [Fact]
    public async Task An_agent_who_comes_back_within_the_grace_keeps_chats_and_readiness()
    {
        var clock = new ManualTime();
        await using var server = await RunningServer.Start(clock);
        await using var bob = server.Agent(1);
        await bob.SignIn();
        await bob.GoReady();
        using var ada = await server.Customer("Ada");
        await bob.AcceptNext();

        await bob.Listener.Disconnect();
        clock.Advance(TimeSpan.FromSeconds(50));
        await using var again = new BayeuxListener(bob.Http);
        await again.Start(AgentClient.Chats, AgentClient.Channels);
        foreach (var _ in Enumerable.Range(0, 30))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await bob.Get("/api/v2/me");
        }
        Assert.Equal("Chatting", (await bob.ReadChats())[0]!["state"]!.GetValue<string>());
        using var eve = await server.Customer("Eve");
        Assert.Equal(eve.ChatId, (await again.Inbox.Next(AgentClient.Chats))["chat"]!["id"]!.GetValue<string>());
    }
}
