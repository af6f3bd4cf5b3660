using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What the host does with sessions of clients, and what it hears of them.</summary>
[Area("CometD Node", "… usage, integration, chat, extensions, ack")]
public sealed class HostSessionTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    public async Task The_host_sees_all_sessions_their_subscriptions_and_who_subscribed()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.NewHttp(), "ada").Open("/a/*", "/b");
        await new Polling(host.NewHttp(), "bob").Open("/a/*");
        await new Polling(host.NewHttp(), "eve").Open();
        Assert.Equal(["ada", "bob", "eve"], host.Server.Sessions.Select(s => s.Principal).Order());
        Assert.Equal(["ada", "bob"], Subscribers("/a/*"));
        Assert.Equal(["ada"], Subscribers("/b"));
        Assert.Empty(Subscribers("/a/x"));

        var session = host.Server.SessionsOf("ada").Single();
        Assert.Equal(["/a/*", "/b"], session.Subscriptions.Select(name => name.Text).Order());
        Assert.Empty(host.Server.SessionsOf("eve").Single().Subscriptions);
        host.Server.Disconnect(session); // its client does not know yet
        Assert.Empty(session.Subscriptions);
        Assert.Equal(["bob", "eve"], host.Server.Sessions.Select(s => s.Principal).Order());
        Assert.Equal(["bob"], Subscribers("/a/*"));
        await ada.Connect(NoWait);

        IEnumerable<string> Subscribers(string name) =>
            host.Server.SubscribersOf(ChannelName.Parse(name)).Select(s => s.Principal).Order();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_abandoned_client_gets_nothing_more_and_is_advised_to_handshake(bool overWebSocket)
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        await client.Ask("/meta/connect");
        var (session, ended) = (host.Session, new List<EndReason>());
        session.Ended += end => ended.Add(end.Reason);
        var heard = client.Ask("/meta/connect");
        await Eventually.True(() => session.HoldsConnect);
        host.Server.Abandon(session);
        host.Publish("/a", 1);

        var answer = Assert.Single(await heard)!;
        Assert.StartsWith("402::", (string?)answer["error"], StringComparison.Ordinal);
        Assert.Equal("handshake", (string?)answer["advice"]!["reconnect"]);
        Assert.Equal([EndReason.TooSlow], ended);
        Assert.False(session.IsLive);
    }

    [Fact]
    public async Task What_waits_for_a_client_is_counted_until_it_is_sent()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Session;
        Assert.Equal((0, 0), session.Waiting);
        host.Publish("/a", 1);
        var one = session.Waiting;
        host.Publish("/a", 2);

        Assert.Equal((1, "{\"channel\":\"/a\",\"data\":1}".Length), one);
        Assert.Equal((2, 2 * one.Bytes), session.Waiting);
        await client.Connect(NoWait);
        Assert.Equal((0, 0), session.Waiting);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_delivered_in_a_batch_leaves_together(bool overWebSocket)
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");
        var heard = client.Ask("/meta/connect");
        await Eventually.True(() => host.Session.HoldsConnect);
        using (host.Session.Batch())
        {
            using (host.Session.Batch())
            {
                host.Session.Deliver(TestHost.Event("/a", 1));
            }
            host.Session.Deliver(TestHost.Event("/a", 2));
            Assert.True(host.Session.HoldsConnect);
        }
        Assert.Equal([1, 2], (await heard).Take(2).Select(m => (int)m!["data"]!));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Area("CometD HTTP", "Connect-only delivery")]
    [Area("CometD WebSocket", "Client over WebSocket")]
    public async Task Events_may_leave_with_connects_only_for_all_sessions_or_one(bool ofSession, bool overWebSocket)
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.DeliverWithConnects = !ofSession);
        if (ofSession) host.Server.SessionStarted += session => session.DeliversWithConnects = true;
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        Assert.Single(await client.Ask("/a", ",\"data\":1"));
        Assert.Equal([1, null], (await client.Ask("/meta/connect")).Select(m => (int?)m!["data"]));

        var heard = client.Ask("/meta/connect");
        await Eventually.True(() => host.Session.HoldsConnect);
        host.Publish("/a", 2);
        Assert.Equal([2, null], (await heard).Select(m => (int?)m!["data"]));
        Assert.True(host.Session.DeliversWithConnects);
    }

    [Fact]
    public async Task A_publisher_hears_itself_unless_the_session_or_the_channel_says_otherwise()
    {
        await using var host = await TestHost.Start();
        var other = await new Polling(host.NewHttp(), "other").Open("/**");
        var client = await new Polling(host.Http).Open("/**");
        Assert.Equal(2, (await client.Publish("/a/b", "1")).Count);

        var name = ChannelName.Parse("/a/*");
        var (once, twice) = (host.Server.Channels.DoNotEcho(name), host.Server.Channels.DoNotEcho(name));
        once.Dispose();
        once.Dispose();
        Assert.Single(await client.Publish("/a/b", "2"));
        Assert.Equal(2, (await client.Publish("/a/b/c", "3")).Count);
        twice.Dispose();
        Assert.Equal(2, (await client.Publish("/a/b", "4")).Count);

        host.Session.HearsItself = false;
        Assert.Single(await client.Publish("/a/b", "5"));
        host.Publish("/a/b", 6);
        Assert.Equal(2, (await client.Connect()).Count);
        Assert.Equal(7, (await other.Connect()).Count);
    }

    [Fact]
    public async Task It_subscribes_clients_and_is_told_of_every_change_but_those_of_an_end()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxSubscriptions = 2);
        var changes = new List<string>();
        host.Server.SubscriptionChanged += (session, name, change) => changes.Add($"{session.Principal} {name} {change}");
        var client = await new Polling(host.Http).Open("/a", "/a");
        var session = host.Session;
        host.Policy.Denied.Add("/b/**");
        Assert.True(session.Subscribe(ChannelName.Parse("/b/**")));
        Assert.False(session.Subscribe(ChannelName.Parse("/c")));
        Assert.True(session.Subscribe(ChannelName.Parse("/service/x")));
        Assert.Throws<ArgumentException>(() => session.Subscribe(ChannelName.Parse("/meta/x")));
        host.Publish("/b/x/y", 1);
        Assert.Equal(2, (await client.Connect()).Count);

        await client.Send($"[{client.Message("/meta/unsubscribe", ",\"subscription\":[\"/a\",\"/a\",\"/none\"]")}]");
        session.Revoke(ChannelName.Parse("/b/**"));
        session.Revoke(ChannelName.Parse("/b/**"));
        session.Subscribe(ChannelName.Parse("/d"));
        await client.Disconnect();
        Assert.False(session.Subscribe(ChannelName.Parse("/e")));
        Assert.Equal(
            [
                "anonymous /a Subscribed", "anonymous /b/** Subscribed", "anonymous /a Unsubscribed",
                "anonymous /b/** Unsubscribed", "anonymous /d Subscribed",
            ],
            changes);
    }

    [Fact]
    [Area("CometD HTTP", "Disconnect, concurrent disconnect")]
    public async Task A_session_ends_once_and_says_why_and_how_much_it_never_delivered()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var ends = new List<string>();
        host.Server.SessionStarted += session =>
            session.Ended += end => ends.Add($"{session.Principal} {end.Reason} {end.Undelivered} {session.IsLive}");
        host.Server.SessionEnded += (session, end) => ends.Add($"{session.Principal} again {end.Reason}");
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Session;
        Assert.Same(session, host.Server.SessionOf(client.ClientId));
        Assert.Null(host.Server.SessionOf("00000000000000000000000000000000"));
        await new Polling(host.NewHttp(), "late").Open("/a");
        host.Publish("/a", 1);
        host.Publish("/a", 2);
        session.Disconnect();
        session.Disconnect();
        Assert.Null(host.Server.SessionOf(client.ClientId));
        Assert.Equal(["anonymous Disconnected 2 False", "anonymous again Disconnected"], ends);

        ends.Clear();
        await Eventually.True(() => host.Server.SessionsOf("late").Single().IsExpiring);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(["late Expired 2 False", "late again Expired"], ends);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [Area("CometD JavaScript", "Disconnect by client, in listeners, by server, after deliver")]
    public async Task What_waits_is_sent_before_the_farewell_acknowledged_or_not(bool overWebSocket, bool acknowledged)
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var client = await Client.Open(host, overWebSocket, ext: acknowledged ? "{\"ack\":true}" : "{}");
        await client.Connect(acknowledged ? 0 : null);
        using (host.Session.Batch())
        {
            host.Session.Deliver(TestHost.Event("/a", 1));
            host.Session.Deliver(TestHost.Event("/a", 2));
            host.Session.Disconnect();
        }
        var heard = overWebSocket ? await client.Receive() : await client.Connect(acknowledged ? 1 : null);
        Assert.Equal(["/a", "/a", "/meta/disconnect"], heard.Take(3).Select(m => (string?)m!["channel"]));
    }

    [Fact]
    public async Task A_handler_that_throws_is_logged_and_nothing_else()
    {
        await using var host = await TestHost.Start();
        host.Server.SessionStarted += session =>
        {
            session.Ended += _ => throw new FormatException("ended");
            throw new FormatException("started");
        };
        var client = await new Polling(host.Http).Open("/a");
        Assert.Equal(2, (await client.Publish("/a", "1")).Count);
        Assert.True((bool?)(await client.Disconnect())[0]!["successful"]);
        Assert.Equal(["started", "ended"], host.Errors.Select(line => line.Contains("started") ? "started" : "ended"));
    }
}
