using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

/// <summary>Listeners that come back, to whichever node, and say what they heard last.</summary>
public sealed class ReplayTests
{
    private const string Chats = AgentClient.Chats;

    [Fact]
    public async Task Who_comes_back_to_another_node_is_told_what_it_missed_once_and_in_order()
    {
        await using var nodes = await NodePair.Start();
        await using var agent = nodes.One.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await nodes.Two.Customer("Ada");
        var chat = await agent.AcceptNext();
        await using var before = await Resumable.Open(nodes.One.Address, Chats, from: -2);
        await customer.Say("heard");
        var last = await before.IdOf("heard");
        await before.Vanish();
        for (var i = 0; i < 20; i++) await customer.Say($"missed {i}");

        await using var after = await Resumable.Open(nodes.Two.Address, Chats, last);
        await customer.Say("new");
        await after.IdOf("new");

        Assert.Equal(["missed 0", .. Enumerable.Range(1, 19).Select(i => $"missed {i}"), "new"], after.Texts);
        Assert.Equal(after.Ids.Order(), after.Ids);
        Assert.NotEmpty(chat);
    }

    [Fact]
    public async Task A_node_that_has_just_started_replays_as_well()
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await server.Customer("Ada");
        await agent.AcceptNext();
        await using var before = await Resumable.Open(server.Address, Chats, from: -2);
        await customer.Say("heard");
        var last = await before.IdOf("heard");
        await customer.Say("missed");
        await before.IdOf("missed");
        await before.Vanish();
        await agent.Listener.Vanish();

        await using var again = await server.Restart();
        await using var after = await Resumable.Open(again.Address, Chats, last);
        await after.IdOf("missed");

        Assert.Equal(["missed"], after.Texts);
    }

    [Theory]
    [InlineData(999_999_999_000)]
    [InlineData(-3)]
    public async Task A_number_that_nobody_was_given_is_refused_and_not_passed_over(long from)
    {
        await using var server = await RunningServer.Start();
        await using var listener = await Resumable.Shake(server.Address);

        var reply = await listener.Subscribe(Chats, from);

        Assert.False(reply["successful"]!.GetValue<bool>());
        Assert.StartsWith("400::The replayId {", reply["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_away_for_longer_than_the_window_is_told_so_unless_nothing_happened()
    {
        await using var server = await RunningServer.Start(null, "--Parley:Notifications:ReplayEvents=4");
        await using var agent = server.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await server.Customer("Ada");
        await agent.AcceptNext();
        await using var listener = await Resumable.Open(server.Address, Chats, from: -2);
        await customer.Say("heard");
        var last = await listener.IdOf("heard");
        for (var i = 0; i < 10; i++) await customer.Say($"missed {i}");
        var newest = await listener.IdOf("missed 9");

        Assert.False((await listener.Subscribe(Chats, last))["successful"]!.GetValue<bool>());
        Assert.True((await listener.Subscribe(Chats, newest))["successful"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Who_does_not_ask_for_numbers_is_told_as_ever()
    {
        await using var server = await RunningServer.Start();
        await using var agent = server.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await server.Customer("Ada");

        Assert.False((await agent.Inbox.Next(Chats, "an offer")).ContainsKey("event"));
    }
}
