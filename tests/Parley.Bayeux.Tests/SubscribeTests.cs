namespace Parley.Bayeux.Tests;

public sealed class SubscribeTests
{
    [Fact]
    [Area("CometD HTTP", "Subscriptions with several channels")]
    [Area("Faye", "subscribe / unsubscribe")]
    [Area("Own tests on top", "all-or-nothing subscribe")]
    public async Task A_list_is_subscribed_as_a_whole_or_not_at_all()
    {
        await using var host = await TestHost.Start();
        host.Policy.Denied.Add("/closed");
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();

        var refused = await client.Send($"[{client.Message("/meta/subscribe", ",\"subscription\":[\"/a\", \"/closed\"]")}]");
        Assert.Equal("""["/a", "/closed"]""".Replace(" ", ""), refused[0]!["subscription"]!.ToJsonString());
        Assert.False((bool?)refused[0]!["successful"]);
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/a")));

        var granted = await client.Send($"[{client.Message("/meta/subscribe", ",\"subscription\":[\"/a\",\"/b/*\"]")}]");
        Assert.True((bool?)granted[0]!["successful"]);
        Assert.True(session.IsSubscribedTo(ChannelName.Parse("/a")));
        Assert.True(session.IsSubscribedTo(ChannelName.Parse("/b/c")));
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/b")));
    }

    [Fact]
    public async Task A_subscription_is_had_by_the_very_name_until_the_session_ends()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a", "/b/*");
        var session = host.Server.SessionsOf("anonymous").Single();
        Assert.True(session.HasSubscription(ChannelName.Parse("/a")));
        Assert.True(session.HasSubscription(ChannelName.Parse("/b/*")));
        Assert.False(session.HasSubscription(ChannelName.Parse("/b/c")));

        session.Revoke(ChannelName.Parse("/a"));
        Assert.False(session.HasSubscription(ChannelName.Parse("/a")));
        await client.Disconnect();
        Assert.False(session.HasSubscription(ChannelName.Parse("/b/*")));
    }

    [Fact]
    public async Task The_subscription_is_echoed_exactly_as_it_was_sent()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        foreach (var subscription in new[] { "[ \"/a\",\"\\/b\" ]", "\"/c\"", "[\"/a/*/b\"]" })
        {
            using var response = await client.Post($"[{client.Message("/meta/subscribe", ",\"subscription\":" + subscription)}]");
            Assert.Contains($"\"subscription\":{subscription}}}", await response.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task Subscribing_twice_and_unsubscribing_what_is_not_subscribed_succeed()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a", "/a");
        Assert.True((bool?)(await client.Subscribe("/a"))[0]!["successful"]);

        var unsubscribe = $"[{client.Message("/meta/unsubscribe", ",\"subscription\":[\"/a\",\"/never\"]")}]";
        Assert.True((bool?)(await client.Send(unsubscribe))[0]!["successful"]);
        host.Publish("/a", 1);
        Assert.Single(await client.Connect(",\"advice\":{\"timeout\":0}"));
    }

    [Fact]
    [Area("What clients depend on", "subscribing to /service/x succeeds and does nothing")]
    public async Task A_service_channel_can_be_subscribed_to_without_effect()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        Assert.True((bool?)(await client.Subscribe("/service/x"))[0]!["successful"]);
        host.Publish("/service/x", 1);
        Assert.Single(await client.Connect(",\"advice\":{\"timeout\":0}"));
    }

    [Fact]
    public async Task A_session_has_a_bounded_number_of_subscriptions()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxSubscriptions = 2);
        var client = await new Polling(host.Http).Open("/a", "/b");
        Assert.Equal("403::subscriptions_too_many", (string?)(await client.Subscribe("/c"))[0]!["error"]);
        Assert.True((bool?)(await client.Subscribe("/a"))[0]!["successful"]);
    }

    [Fact]
    [Area("CometD transports", "Server sends before first connect")]
    public async Task A_session_may_subscribe_and_receive_before_its_first_connect()
    {
        await using var host = await TestHost.Start();
        var client = new Polling(host.Http);
        await client.Handshake();
        await client.Subscribe("/a");
        host.Publish("/a", 1);
        Assert.Equal(2, (await client.Connect()).Count);
    }

    [Fact]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("Faye", "engine")]
    public async Task An_ended_session_is_subscribed_to_nothing()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a", "/**");
        var session = host.Server.SessionsOf("anonymous").Single();
        await client.Disconnect();

        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/a")));
        Assert.Equal(SubscribeOutcome.SessionEnded, session.Subscribe([ChannelName.Parse("/b")]));
        host.Publish("/a", 1);
        Assert.Equal(0, session.TakeWith(answered: null).Count);
    }
}
