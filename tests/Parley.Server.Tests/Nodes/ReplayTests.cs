using System.Text.Json.Nodes;
using Parley.Server.Tests.Harness;

namespace Parley.Server.Tests.Nodes;

/// <summary>Listeners that come back, to whichever node, and say what they heard last.</summary>
public sealed class ReplayTests
{
    private const string Chats = AgentClient.Chats;

    [Theory]
    [InlineData(Chats)]
    [InlineData("/v2/me/interactions")]
    [InlineData("/me/interactions")]
    public async Task Who_comes_back_to_another_node_is_told_what_it_missed_once_and_in_order(string topic)
    {
        await using var nodes = await NodePair.Start();
        await using var agent = nodes.One.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await nodes.Two.Customer("Ada");
        var chat = await agent.AcceptNext();
        await using var before = await Resumable.Open(nodes.One.Address, topic, from: -2);
        await customer.Say("heard");
        var last = await before.IdOf("heard");
        await before.Vanish();
        for (var i = 0; i < 20; i++) await customer.Say($"missed {i}");

        await using var after = await Resumable.Open(nodes.Two.Address, topic, last);
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

        AssertRefused(await listener.Subscribe(Chats, from));
    }

    [Theory]
    [InlineData("\"52003\"")]
    [InlineData("1.5")]
    [InlineData("1e30")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task What_is_no_number_is_refused_and_not_passed_over(string from)
    {
        await using var server = await RunningServer.Start();
        await using var listener = await Resumable.Shake(server.Address);

        AssertRefused(await listener.Subscribe(Chats, JsonNode.Parse(from)));
    }

    [Theory]
    [InlineData("52003")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task A_replay_that_names_no_topics_is_refused_and_not_passed_over(string replay)
    {
        await using var server = await RunningServer.Start();
        await using var listener = await Resumable.Shake(server.Address);

        AssertRefused(await listener.SubscribeWith(Chats, JsonNode.Parse(replay)));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task More_than_half_the_queue_is_not_replayed_but_refused(int missed, bool isReplayed)
    {
        var (server, after, last) = await Missed("--Parley:Notifications:MaxQueue=10", missed, "");
        await using var _ = server;
        await using var __ = after;

        var reply = await after.Subscribe(Chats, last);

        if (isReplayed) await AssertReplayed(after, reply, missed);
        else AssertRefused(reply);
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(12, false)]
    public async Task More_than_half_of_the_bytes_that_may_wait_is_not_replayed_but_refused(int missed, bool isReplayed)
    {
        // some 3 kB each, and half of 64 KiB
        var (server, after, last) = await Missed("--Parley:Notifications:MaxQueueBytes=65536", missed, new string('x', 2_600));
        await using var _ = server;
        await using var __ = after;

        var reply = await after.Subscribe(Chats, last);

        if (isReplayed) await AssertReplayed(after, reply, missed);
        else AssertRefused(reply);
        // whichever it is, the session is there to read the state anew with
        Assert.True((await after.Subscribe(Chats, -1))["successful"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_was_missed_of_several_topics_shares_the_queue()
    {
        var (server, after, last) = await Missed("--Parley:Notifications:MaxQueue=20", 6, "");
        await using var _ = server;
        await using var __ = after;

        var replies = await after.SubscribeAtOnce(last, Chats, "/v2/me/interactions");

        AssertRefused(replies[1]);
        await AssertReplayed(after, replies[0], 6);
        // once that has left the queue there is room
        Assert.True((await after.Subscribe("/v2/me/interactions", last))["successful"]!.GetValue<bool>());
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

    /// <summary>An agent's listener that has heard a text, then missed so many, and has shaken hands again.</summary>
    private static async Task<(RunningServer Server, Resumable After, long Last)> Missed(string setting, int missed, string rest)
    {
        var server = await RunningServer.Start(null, setting);
        await using var agent = server.Agent(1);
        await agent.SignIn();
        await agent.GoReady();
        using var customer = await server.Customer("Ada");
        await agent.AcceptNext();
        await using var before = await Resumable.Open(server.Address, Chats, from: -1);
        await customer.Say("heard");
        var last = await before.IdOf("heard");
        await before.Vanish();
        for (var i = 1; i <= missed; i++) await customer.Say($"missed {i} {rest}".Trim());
        while (!$"{await agent.Inbox.Next(Chats, "the last")}".Contains($"missed {missed}", StringComparison.Ordinal))
        {
        }
        return (server, await Resumable.Shake(server.Address), last);
    }

    private static async Task AssertReplayed(Resumable listener, JsonObject reply, int missed)
    {
        Assert.True(reply["successful"]!.GetValue<bool>(), reply.ToJsonString());
        await listener.Until(() => listener.Texts.Count() >= missed);
        Assert.Equal(
            Enumerable.Range(1, missed).Select(i => $"missed {i}"),
            listener.Texts.Select(t => string.Join(' ', t.Split(' ').Take(2))));
    }

    private static void AssertRefused(JsonObject reply)
    {
        Assert.False(reply["successful"]!.GetValue<bool>());
        Assert.StartsWith("400::The replay", reply["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
