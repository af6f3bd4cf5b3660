namespace Parley.Bayeux.Tests.Areas;

/// <summary>What Faye's specs of its server say of each kind of message, with the error numbers of CometD.</summary>
public sealed class FayeServerTests
{
    private const string Suite = "Faye";
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Theory]
    [Area(Suite, "handshake")]
    [InlineData(""" "id":"foo","version":"1.0","supportedConnectionTypes":["long-polling","websocket"] """, "foo")]
    [InlineData(""" "version":"1.0","supportedConnectionTypes":["long-polling"] """, null)]
    // Faye demands the version and the types: ours, as CometD, does without either
    [InlineData(""" "id":"1","supportedConnectionTypes":["long-polling"] """, "1")]
    [InlineData(""" "id":"1","version":"1.0" """, "1")]
    public async Task A_handshake_creates_a_client_and_has_its_id_echoed(string more, string? id)
    {
        await using var host = await TestHost.Start();
        var reply = Assert.Single(await new Polling(host.Http).Send($$"""[{"channel":"/meta/handshake",{{more}}}]"""))!;
        Assert.True((bool?)reply["successful"]);
        Assert.Equal(host.Server.SessionsOf("anonymous").Single().Id, (string?)reply["clientId"]);
        Assert.Equal("1.0", (string?)reply["version"]);
        Assert.Equal(id, (string?)reply["id"]);
    }

    [Fact]
    [Area(Suite, "handshake")]
    public async Task A_handshake_without_a_common_type_creates_no_client()
    {
        await using var host = await TestHost.Start();
        var reply = Assert.Single(await new Polling(host.Http).Send(
            """[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["iframe","flash"]}]"""))!;
        Assert.StartsWith("301:", (string?)reply["error"], StringComparison.Ordinal);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Theory]
    [Area(Suite, "connect")]
    [InlineData(",\"connectionType\":\"long-polling\"")]
    // Faye demands a connectionType that it knows: ours, as CometD, does not look at it
    [InlineData("")]
    [InlineData(",\"connectionType\":\"flash\"")]
    public async Task A_connect_returns_what_is_queued_and_its_id(string more)
    {
        await using var host = await TestHost.Start();
        var client = new Polling(host.Http);
        await client.Handshake();
        await client.Subscribe("/x");
        host.Publish("/x", "hello");

        var answer = await client.Send($"[{client.Message("/meta/connect", more)}]");
        Assert.Equal("hello", (string?)answer[0]!["data"]);
        Assert.Equal("2", (string?)answer[1]!["id"]);
        Assert.True((bool?)answer[1]!["successful"]);
    }

    [Theory]
    [Area(Suite, "subscribe / unsubscribe")]
    [InlineData("\"/foo\"", new[] { "/foo" }, new[] { "/bar" })]
    [InlineData("""["/foo","/bar"]""", new[] { "/foo", "/bar" }, new[] { "/foo/bar" })]
    [InlineData("\"/foo/**\"", new[] { "/foo/bar", "/foo/bar/qux" }, new[] { "/foo" })]
    [InlineData("\"/foo/*\"", new[] { "/foo/bar" }, new[] { "/foo/bar/qux" })]
    public async Task Channels_lists_and_patterns_are_subscribed_to_and_left(
        string subscription, string[] heard, string[] unheard)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        Assert.True(await Ask("/meta/subscribe"));
        foreach (var channel in heard.Concat(unheard)) host.Publish(channel, 1);
        Assert.Equal(heard, (await client.Connect(NoWait)).SkipLast(1).Select(m => (string?)m!["channel"]));

        Assert.True(await Ask("/meta/unsubscribe"));
        foreach (var channel in heard) host.Publish(channel, 1);
        Assert.Single(await client.Connect(NoWait));

        async Task<bool> Ask(string meta) =>
            (bool)(await client.Send($"[{client.Message(meta, ",\"subscription\":" + subscription)}]"))[0]!["successful"]!;
    }

    [Theory]
    [Area(Suite, "subscribe / unsubscribe")]
    [InlineData("/meta/subscribe", "foo", "403::subscription_invalid")]
    [InlineData("/meta/unsubscribe", "foo", "403::subscription_invalid")]
    [InlineData("/meta/subscribe", "/meta/foo", "403:denied_by_security_policy:subscribe_denied")]
    // Faye refuses this one too: whoever cannot have subscribed may leave
    [InlineData("/meta/unsubscribe", "/meta/foo", null)]
    public async Task Names_that_are_none_or_the_protocols_own_are_refused(string meta, string subscription, string? error)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(
            await client.Send($"[{client.Message(meta, $",\"subscription\":\"{subscription}\"")}]"))!;
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Equal(subscription, (string?)reply["subscription"]);
    }

    [Theory]
    [Area(Suite, "publish")]
    [InlineData("channel", ",\"data\":\"hello\"", "405::channel_invalid")]
    [InlineData("/some/*", ",\"data\":\"hello\"", "405::channel_invalid")]
    [InlineData("/some/channel", "", "400::data_missing")]
    // an error of Faye's extensions is passed through; a client's own is nothing
    [InlineData("/some/channel", ",\"data\":\"hello\",\"error\":\"invalid\"", null)]
    public async Task A_publish_reaches_its_channel_or_is_refused_and_reaches_nobody(string channel, string more, string? error)
    {
        await using var host = await TestHost.Start();
        var listener = await new Polling(host.NewHttp()).Open("/**");
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(await client.Send($"[{client.Message(channel, more)}]"))!;

        Assert.Equal(error is null, (bool?)reply["successful"]);
        Assert.Equal(error, (string?)reply["error"]);
        Assert.Equal(error is null ? 1 : 0, (await listener.Connect(NoWait)).Count - 1);
    }

    [Theory]
    [Area(Suite, "disconnect")]
    [InlineData("")]
    [InlineData(",\"clientId\":\"fakeclientid\"")]
    public async Task A_disconnect_of_nobody_destroys_nobody(string clientId)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        var refused = Assert.Single(
            await client.Send($$"""[{"channel":"/meta/disconnect","id":"foo"{{clientId}}}]"""))!;
        Assert.Equal("402::session_unknown", (string?)refused["error"]);
        Assert.Equal("foo", (string?)refused["id"]);
        Assert.Equal(1, host.Server.SessionCount);

        Assert.True((bool?)(await client.Disconnect())[0]!["successful"]);
        Assert.Equal(0, host.Server.SessionCount);
    }

    // no channel is a meta channel but the five: /meta/subscribe/x is nobody's to ask for
    [Theory]
    [Area(Suite, "extensions")]
    [InlineData("/meta/subscribe", "404::message_deleted")]
    [InlineData("/meta/subscribe/x", "403:denied_by_security_policy:channel_create_denied")]
    public async Task A_rule_about_subscriptions_is_not_got_around_by_another_channel(string channel, string error)
    {
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(
            new FuncExtension { OnMessage = message => new(message.Channel != "/meta/subscribe") }));
        var client = await new Polling(host.Http).Open();
        var reply = (await client.Send($"[{client.Message(channel, ",\"subscription\":\"/foo\",\"data\":1")}]"))[0]!;
        Assert.Equal(error, (string?)reply["error"]);
        Assert.False(host.Session.IsSubscribedTo(ChannelName.Parse("/foo")));
    }
}
