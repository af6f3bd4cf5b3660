using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>How the host changes what one session is told, and when its events leave.</summary>
public sealed class CometdDeliveryTests
{
    private const string Suite = "CometD HTTP";

    [Theory]
    [Area("CometD WebSocket", "Client over WebSocket")]
    [Area(Suite, "Connect-only delivery")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_leave_with_connects_only_where_the_server_or_the_session_says_so(bool everywhere)
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.DeliverWithConnects = everywhere);
        host.Server.SessionStarted += session => session.DeliversWithConnects = !everywhere;
        var polling = await new Polling(host.NewHttp(), "ada").Open("/foo");
        using var socket = await RawSocket.Open(host, "/foo");

        Assert.Single(await polling.Publish("/foo", "1"));
        Assert.Equal(["/foo", "/meta/connect"], (await polling.Connect()).Select(m => (string?)m!["channel"]));

        var reply = Assert.Single(await socket.Ask("/meta/subscribe", ",\"subscription\":\"/bar\""))!;
        Assert.Equal("/meta/subscribe", (string?)reply["channel"]);
        await socket.Send($"[{socket.Message("/meta/connect")}]");
        var heard = new List<string?>();
        while (heard.Count < 2) heard.AddRange((await socket.Receive()).Select(m => (string?)m!["channel"]));
        Assert.Equal(["/foo", "/meta/connect"], heard);
    }

    [Fact]
    [Area(Suite, "Custom advice")]
    public async Task A_client_whose_times_the_host_changes_is_told_with_its_next_connect()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        var poll = client.Connect();
        await Eventually.True(() => session.HoldsConnect);
        host.Server.Channels.Listen(ChannelName.Parse("/change"), message =>
        {
            message.Session!.Timeout = TimeSpan.FromSeconds(10);
            message.Session.Interval = TimeSpan.FromSeconds(1);
            message.Session.MaxInterval = TimeSpan.FromSeconds(60);
            return new(true);
        });
        await client.Publish("/change", "1");

        time.Advance(TimeSpan.FromSeconds(26));
        Assert.Equal(
            """{"reconnect":"retry","interval":1000,"timeout":10000,"maxInterval":60000}""",
            Assert.Single(await poll)!["advice"]!.ToJsonString());
        poll = client.Connect();
        await Eventually.True(() => session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(Assert.Single(await poll)!["advice"]);

        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
    }

    [Theory]
    [Area(Suite, "Max queue")]
    [InlineData(QueueVerdict.DropOldest, new[] { 3, 4, 5 })]
    [InlineData(QueueVerdict.DropNewest, new[] { 1, 2, 3 })]
    [InlineData(QueueVerdict.EndSession, new int[0])]
    public async Task The_host_says_what_becomes_of_a_session_with_a_full_queue(QueueVerdict verdict, int[] left)
    {
        var overflows = new List<string>();
        await using var host = await TestHost.Start(configure: o =>
        {
            o.MaxQueue = 3;
            o.WhenQueueFull = (session, evt) =>
            {
                overflows.Add($"{session.Principal} {evt.Channel}");
                return verdict;
            };
        });
        var client = await new Polling(host.Http, "ada").Open("/foo");
        for (var i = 1; i <= 5; i++) host.Publish("/foo", i);

        Assert.Equal("ada /foo", overflows[0]);
        Assert.Equal(verdict is not QueueVerdict.EndSession, host.Server.SessionsOf("ada").Count == 1);
        var answer = await client.Connect(",\"advice\":{\"timeout\":0}");
        Assert.Equal(left, answer.SkipLast(1).Select(m => (int)m!["data"]!));
    }

    [Theory]
    [Area(Suite, "Disconnect, concurrent disconnect")]
    [InlineData("/foo", ",\"data\":1", "402::session_unknown")]
    [InlineData("/meta/subscribe", ",\"subscription\":\"/bar\"", "403::subscribe_failed")]
    [InlineData("/meta/unsubscribe", ",\"subscription\":\"/bar\"", "402::session_unknown")]
    public async Task What_is_processed_while_its_session_ends_is_refused_and_has_no_effect(
        string channel, string more, string error)
    {
        await using var host = await TestHost.Start();
        var listener = await new Polling(host.NewHttp(), "bob").Open("/foo");
        var client = await new Polling(host.Http, "ada").Open();
        var session = host.Server.SessionsOf("ada").Single();
        host.Server.Channels.Authorize(ChannelName.Parse("/**"), new Ending());
        if (channel == "/meta/unsubscribe") session.Use(new Spy("S", []) { In = message => Ending.Session(message.Session!) });

        Assert.Equal(error, (string?)(await client.Send($"[{client.Message(channel, more)}]"))[0]!["error"]);
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/bar")));
        Assert.Single(await listener.Connect(",\"advice\":{\"timeout\":0}"));
    }

    /// <summary>Ends the session it is asked about.</summary>
    private sealed class Ending : IChannelAuthorizer
    {
        public static ValueTask<bool> Session(BayeuxSession session)
        {
            session.Disconnect();
            return new(true);
        }

        public async ValueTask<AuthorizerVerdict> Authorize(
            ChannelOperation operation, ChannelName channelOrPattern, BayeuxSession session, BayeuxMessage message)
        {
            await Session(session);
            return AuthorizerVerdict.Grant;
        }
    }
}
