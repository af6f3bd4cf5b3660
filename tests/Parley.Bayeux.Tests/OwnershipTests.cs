using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Who may speak for a session, and how many tabs of one browser may wait.</summary>
public sealed class OwnershipTests
{
    [Fact]
    [Area("CometD HTTP", "Browser mapping")]
    [Area("CometD HTTP", "Session hijacking")]
    public async Task The_client_id_alone_opens_nothing()
    {
        await using var host = await TestHost.Start();
        var victim = await new Polling(host.Http).Open("/a");
        host.Publish("/a", "secret");

        using var other = host.NewHttp();
        await new Polling(other).Handshake();
        foreach (var channel in new[] { "/meta/connect", "/meta/subscribe", "/meta/disconnect", "/a" })
        {
            var reply = Assert.Single(
                await new Polling(other).Send($"[{victim.Message(channel, ",\"data\":1,\"subscription\":\"/a\"")}]"))!;
            Assert.Equal("402::session_unknown", (string?)reply["error"]);
        }
        Assert.Equal(2, (await victim.Connect()).Count);
    }

    [Fact]
    [Area("CometD HTTP", "Session hijacking")]
    [Area("CometD transports", "Session hijacking, also by the second message of a batch")]
    public async Task A_batch_cannot_smuggle_messages_of_another_session_even_of_the_same_browser()
    {
        await using var host = await TestHost.Start();
        var mine = await new Polling(host.Http).Open();
        var other = await new Polling(host.Http).Open();

        var replies = await mine.Send($"[{mine.Message("/a", ",\"data\":1")},{other.Message("/meta/disconnect")}]");
        Assert.Equal([true, false], replies.Select(r => (bool)r!["successful"]!));
        Assert.Equal("402::session_unknown", (string?)replies[1]!["error"]);
        Assert.Equal(2, host.Server.SessionCount);
    }

    [Fact]
    public async Task The_same_user_may_go_on_without_the_cookie()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.Http, "ada").Open();
        var reply = await new Polling(host.NewHttp(), "ada")
            .Send($"[{ada.Message("/meta/subscribe", ",\"subscription\":\"/a\"")}]");
        Assert.True((bool?)reply[0]!["successful"]);
    }

    [Fact]
    public async Task The_browser_may_go_on_without_signing_in_again()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.Http, "ada").Open();
        var reply = await new Polling(host.Http).Send($"[{ada.Message("/meta/subscribe", ",\"subscription\":\"/a\"")}]");
        Assert.True((bool?)reply[0]!["successful"]);
    }

    [Fact]
    public async Task Another_user_is_refused_even_in_the_same_browser_and_gets_no_events()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.Http, "ada").Open("/a");
        host.Publish("/a", "for ada");

        var reply = Assert.Single(await new Polling(host.Http, "eve").Send($"[{ada.Message("/meta/connect")}]"))!;
        Assert.Equal("403:denied_by_security_policy:session_denied", (string?)reply["error"]);
        Assert.Equal("handshake", (string?)reply["advice"]!["reconnect"]);
        Assert.Equal(2, (await ada.Connect()).Count);
    }

    [Fact]
    [Area("CometD HTTP", "Browser mapping")]
    public async Task A_second_tab_is_not_held_but_told_to_come_back_and_later_gets_plain_advice_again()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var first = await new Polling(host.Http).Open();
        var second = await new Polling(host.Http).Open();
        var poll = first.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Any(s => s.HoldsConnect));

        var reply = Assert.Single(await second.Connect())!;
        Assert.True((bool?)reply["successful"]);
        Assert.Equal(
            """{"multiple-clients":true,"reconnect":"retry","interval":2000,"timeout":25000,"maxInterval":30000}""",
            reply["advice"]!.ToJsonString());

        await first.Disconnect();
        await poll;
        var held = second.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        await second.Disconnect();
        Assert.Equal("none", (string?)(await held)[0]!["advice"]!["reconnect"]);
    }

    [Fact]
    public async Task After_the_other_tab_has_gone_the_next_answer_carries_all_advice()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var first = await new Polling(host.Http).Open();
        var second = await new Polling(host.Http).Open("/a");
        var poll = first.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Any(s => s.HoldsConnect));
        await second.Connect();
        await first.Disconnect();
        await poll;

        host.Publish("/a", 1);
        var reply = (await second.Connect())[1]!;
        Assert.Equal(
            """{"reconnect":"retry","interval":0,"timeout":25000,"maxInterval":30000}""", reply["advice"]!.ToJsonString());
    }

    [Theory]
    [Area("CometD HTTP", "Browser mapping")]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task The_number_of_tabs_held_is_an_option(int most)
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxSessionsPerBrowser = most);
        var polls = new List<Task<JsonArray>>();
        for (var i = 0; i < 3; i++)
        {
            var tab = await new Polling(host.Http).Open();
            polls.Add(tab.Connect());
            var waiting = i;
            await Eventually.True(
                () => polls[waiting].IsCompleted || host.Server.SessionsOf("anonymous").ElementAt(waiting).HoldsConnect);
        }
        Assert.Equal(most < 0 ? 3 : most, host.Server.SessionsOf("anonymous").Count(s => s.HoldsConnect));
    }

    [Fact]
    [Area("CometD HTTP", "Browser mapping")]
    public async Task Tabs_of_different_browsers_do_not_count_together()
    {
        await using var host = await TestHost.Start(new ManualTime());
        foreach (var _ in new int[3])
        {
            var client = await new Polling(host.NewHttp()).Open();
            var poll = client.Connect();
        }
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Count(s => s.HoldsConnect) == 3);
    }

    [Fact]
    public async Task Without_an_interval_for_tabs_a_further_one_is_told_to_stop()
    {
        await using var host = await TestHost.Start(
            new ManualTime(), o => (o.MaxSessionsPerBrowser, o.MultiSessionInterval) = (0, TimeSpan.Zero));
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(await client.Connect())!;
        Assert.False((bool?)reply["successful"]);
        Assert.Equal("none", (string?)reply["advice"]!["reconnect"]);
    }
}
