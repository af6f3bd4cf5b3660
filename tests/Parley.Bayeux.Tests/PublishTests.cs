using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class PublishTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    [Area("Faye", "engine")]
    [Area("What clients depend on", "one copy per session whatever the number of matching subscriptions")]
    public async Task One_copy_arrives_however_many_subscriptions_match_in_the_order_of_publishing()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a/b", "/a/*", "/a/**", "/**", "/*");
        for (var i = 0; i < 100; i++) host.Publish(i % 2 == 0 ? "/a/b" : "/c", i);

        var received = await client.Connect(NoWait);
        Assert.Equal(Enumerable.Range(0, 100), received.SkipLast(1).Select(m => (int)m!["data"]!));
    }

    [Theory]
    [Area("Own tests on top", "numbers and text in data byte-identical")]
    [Area("Faye", "engine")]
    [InlineData("1.10")]
    [InlineData("-0.0e+7")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("""{ "b" : 1 ,"a":[ ],"b":2}""")]
    [InlineData("\"\\u0041\\/ é \\u2028 ☎ 😀 \\ud83d\\ude00 \\ud800\"")]
    [InlineData("\"</script>\"")]
    public async Task Data_arrives_byte_by_byte_as_it_was_sent(string data)
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a");
        using var response = await client.Post($"[{client.Message("/a", ",\"data\":" + data)}]");
        Assert.StartsWith($$"""[{"channel":"/a","data":{{data}}},""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    [Area("Own tests on top", "publisher-sent advice never reaches a subscriber")]
    public async Task Nothing_but_channel_and_data_of_a_publish_reaches_others()
    {
        await using var host = await TestHost.Start();
        var listener = await new Polling(host.NewHttp()).Open("/a");
        var publisher = await new Polling(host.Http).Open();
        await publisher.Publish(
            "/a",
            """1,"advice":{"reconnect":"none"},"ext":{"password":"x"},"successful":false,"error":"e","x":1,"timestamp":"t" """);

        using var response = await listener.Post($"[{listener.Message("/meta/connect")}]");
        Assert.StartsWith(
            """[{"channel":"/a","data":1},{"channel":"/meta/connect",""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    [Area("Faye", "publish")]
    [Area("What clients depend on", "data marks an event; a publish reply must not have it")]
    public async Task The_reply_to_a_publish_has_no_data()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open();
        Assert.Equal("""[{"channel":"/a","id":"2","successful":true}]""", (await client.Publish("/a", "1")).ToJsonString());
    }

    [Fact]
    public async Task A_publisher_need_not_receive_its_own_events()
    {
        await using var host = await TestHost.Start(configure: o => o.BroadcastToPublisher = false);
        var client = await new Polling(host.Http).Open("/a");
        Assert.Single(await client.Publish("/a", "1"));
    }

    [Fact]
    public async Task Deliver_reaches_one_session_subscribed_or_not()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.NewHttp(), "ada").Open("/a/*");
        var bob = await new Polling(host.NewHttp(), "bob").Open("/a/*");
        var session = host.Server.SessionsOf("ada").Single();
        session.Deliver(BayeuxEvent.Create(ChannelName.Parse("/a/b"), "1"u8));
        session.Deliver(BayeuxEvent.Create(ChannelName.Parse("/service/x"), "2"u8));

        Assert.Equal(3, (await ada.Connect(NoWait)).Count);
        Assert.Single(await bob.Connect(NoWait));
    }

    [Fact]
    public async Task PublishTo_reaches_those_of_some_sessions_that_are_subscribed()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.NewHttp(), "ada").Open("/a/*");
        var bob = await new Polling(host.NewHttp(), "bob").Open("/a/*");
        var sessions = host.Server.SessionsOf("ada");
        host.Server.PublishTo(sessions, BayeuxEvent.Create(ChannelName.Parse("/a/b"), "1"u8));
        host.Server.PublishTo(sessions, BayeuxEvent.Create(ChannelName.Parse("/other"), "2"u8));

        Assert.Equal(2, (await ada.Connect(NoWait)).Count);
        Assert.Single(await bob.Connect(NoWait));
    }

    [Fact]
    public async Task Publishes_are_limited_by_a_burst_and_a_rate()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o => o.Publishes = new RateLimit(1, 3));
        var client = await new Polling(host.Http).Open();
        for (var i = 0; i < 3; i++) Assert.True((bool?)(await client.Publish("/a", "1"))[0]!["successful"]);
        Assert.Equal("429::too_many_messages", (string?)(await client.Publish("/a", "1"))[0]!["error"]);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((bool?)(await client.Publish("/a", "1"))[0]!["successful"]);
        Assert.False((bool?)(await client.Publish("/a", "1"))[0]!["successful"]);
    }

    [Theory]
    [Area("CometD HTTP", "Max queue")]
    [Area("Own tests on top", "queue limit")]
    [InlineData(3, 1_000_000, 3)]
    [InlineData(1000, 1024, 32)]
    public async Task A_session_with_a_full_queue_is_ended_as_too_slow_and_never_robbed_of_single_events(
        int events, int bytes, int fit)
    {
        await using var host = await TestHost.Start(configure: o => (o.MaxQueue, o.MaxQueueBytes) = (events, bytes));
        var ends = new List<SessionEnd>();
        host.Server.SessionEnded += (_, end) => ends.Add(end);
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Server.SessionsOf("anonymous").Single();

        for (var i = 0; i < fit; i++) host.Publish("/a", 12345678); // 32 bytes each
        Assert.True(session.IsLive);
        host.Publish("/a", 12345678);
        Assert.Equal([new SessionEnd(EndReason.TooSlow, fit)], ends);
        Assert.Equal("402::session_unknown", (string?)Assert.Single(await client.Connect())!["error"]);
    }

    [Fact]
    public void An_event_is_one_json_object_of_a_plain_channel()
    {
        var e = BayeuxEvent.Create(ChannelName.Parse("/a"), "{\"x\":1}"u8);
        Assert.Equal("""{"channel":"/a","data":{"x":1}}""", System.Text.Encoding.UTF8.GetString(e.Json.Span));
        Assert.Throws<ArgumentException>(() => BayeuxEvent.Create(ChannelName.Parse("/*"), "1"u8));
        Assert.Throws<ArgumentException>(() => BayeuxEvent.Create(ChannelName.Parse("/a"), []));
        Assert.Throws<ArgumentException>(() => BayeuxEvent.Create(ChannelName.Parse("/meta/connect"), "1"u8));
    }

    [Fact]
    public void An_event_is_made_of_a_value_as_its_shape_says()
    {
        var shape = (JsonTypeInfo<KeyValuePair<string, int?>>)JsonSerializerOptions.Web.GetTypeInfo(
            typeof(KeyValuePair<string, int?>));
        var e = BayeuxEvent.Create(ChannelName.Parse("/a"), new KeyValuePair<string, int?>("é", null), shape);
        Assert.Equal(
            """{"channel":"/a","data":{"key":"\u00E9","value":null}}""", System.Text.Encoding.UTF8.GetString(e.Json.Span));
        Assert.Throws<ArgumentException>(() => BayeuxEvent.Create(ChannelName.Parse("/*"), default, shape));
    }
}
