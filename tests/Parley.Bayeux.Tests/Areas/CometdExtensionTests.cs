using System.Collections.Concurrent;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What extensions see, in which order, and what becomes of what they delete.</summary>
public sealed class CometdExtensionTests
{
    private const string Suite = "CometD HTTP";
    private const string Area = "Extensions (handshake, connect, subscribe, unsubscribe, publish, disconnect)";
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    private readonly ConcurrentQueue<string> seen = new();

    [Fact]
    [Area(Suite, Area)]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    [Area("Faye", "extensions")]
    public async Task Each_message_is_seen_once_by_each_and_on_the_way_out_in_the_reverse_order()
    {
        await using var host = await Start();
        var client = new Polling(host.Http);
        // a handshake has no session yet on its way in
        await Sees(client.Handshake(), "A in M, B in M, S out M, B out M, A out M", "/meta/handshake");
        const string Both = "A in M, B in M, S in M, S out M, B out M, A out M";
        await Sees(client.Connect(), Both, "/meta/connect");
        await Sees(client.Subscribe("/foo"), Both, "/meta/subscribe");
        await Sees(
            client.Publish("/foo", "1"),
            "A in M, B in M, S in M, B event M, A event M, S event M, S out M, B out M, A out M", "/foo");
        var unsubscribe = client.Message("/meta/unsubscribe", ",\"subscription\":\"/foo\"");
        await Sees(client.Send($"[{unsubscribe}]"), Both, "/meta/unsubscribe");
        await Sees(client.Disconnect(), Both, "/meta/disconnect");
    }

    [Fact]
    [Area(Suite, Area)]
    public async Task The_reply_of_a_held_connect_is_seen_when_it_is_released()
    {
        var time = new ManualTime();
        await using var host = await Start(time);
        var client = await new Polling(host.Http).Open();
        seen.Clear();
        var poll = client.Connect();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        Assert.Equal(["A in /meta/connect", "B in /meta/connect", "S in /meta/connect"], seen);

        seen.Clear();
        time.Advance(TimeSpan.FromSeconds(26));
        await poll;
        Assert.Equal(["S out /meta/connect", "B out /meta/connect", "A out /meta/connect"], seen);
    }

    [Theory]
    [Area(Suite, Area)]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    [InlineData("A", "/meta/handshake", "")]
    [InlineData("A", "/meta/connect", "")]
    [InlineData("S", "/meta/connect", "")]
    [InlineData("A", "/meta/subscribe", ",\"subscription\":\"/foo\"")]
    [InlineData("S", "/meta/subscribe", ",\"subscription\":\"/foo\"")]
    [InlineData("S", "/meta/unsubscribe", ",\"subscription\":\"/listened\"")]
    [InlineData("A", "/listened", ",\"data\":1")]
    [InlineData("S", "/listened", ",\"data\":1")]
    [InlineData("S", "/meta/disconnect", "")]
    public async Task A_message_that_one_deletes_has_no_effect_and_is_seen_by_no_other(string by, string channel, string more)
    {
        await using var host = await Start(new ManualTime(), deleting: (by, channel));
        var client = new Polling(host.Http);
        if (channel != "/meta/handshake") await client.Open("/listened");
        var sessions = host.Server.SessionCount;
        seen.Clear();

        var reply = Assert.Single(await client.Send($"[{client.Message(channel, more)}]"))!;
        Assert.Equal("404::message_deleted", (string?)reply["error"]);
        Assert.Equal(by == "A" ? ["A"] : ["A", "B", "S"], seen.Where(s => s.Contains(" in ")).Select(s => s.Split(' ')[0]));

        Assert.Equal(sessions, host.Server.SessionCount);
        var session = host.Server.SessionsOf("anonymous").SingleOrDefault();
        Assert.False(session?.IsSubscribedTo(ChannelName.Parse("/foo")) ?? false);
        Assert.True(session?.IsSubscribedTo(ChannelName.Parse("/listened")) ?? true);
        Assert.False(session?.HoldsConnect ?? false);
        Assert.True(session?.IsExpiring ?? true);
    }

    [Fact]
    [Area(Suite, Area)]
    [Area("Faye", "extensions")]
    public async Task Events_and_replies_may_be_added_to_and_events_withheld()
    {
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(new Spy("A", seen)
        {
            In = message => new(message.Channel is not "/loud" || message.Data.Span.SequenceEqual("1"u8)),
            Event = evt => evt.Channel.Text == "/silent" ? null : evt.With("seen", true),
            Out = reply => reply.AddExt("auth", "password"),
        }));
        var client = await new Polling(host.Http).Open("/loud", "/silent");
        foreach (var channel in new[] { "/silent", "/loud" }) host.Publish(channel, 1);

        using var answer = await client.Post($"[{client.Message("/meta/connect", NoWait)}]");
        Assert.Equal(
            """[{"channel":"/loud","data":1,"seen":true},{"channel":"/meta/connect","id":"4","successful":true,"advice":ADVICE,"""
                .Replace("ADVICE", """{"reconnect":"retry","interval":0,"timeout":25000,"maxInterval":30000}""")
            + """ "ext":{"auth":"password"}}]""".TrimStart(),
            await answer.Content.ReadAsStringAsync());
    }

    // as is no channel but the five, /meta/subscribe/x is nobody's to ask for
    [Theory]
    [Area("Faye", "extensions")]
    [InlineData("/meta/subscribe", "404::message_deleted")]
    [InlineData("/meta/subscribe/x", "403:denied_by_security_policy:channel_create_denied")]
    public async Task A_rule_about_subscriptions_is_not_got_around_by_another_channel(string channel, string error)
    {
        await using var host = await Start(deleting: ("A", "/meta/subscribe"));
        var client = await new Polling(host.Http).Open();
        var reply = (await client.Send($"[{client.Message(channel, ",\"subscription\":\"/foo\",\"data\":1")}]"))[0]!;
        Assert.Equal(error, (string?)reply["error"]);
        Assert.False(host.Server.SessionsOf("anonymous").Single().IsSubscribedTo(ChannelName.Parse("/foo")));
    }

    [Fact]
    [Area("CometD transports", "Sweep during processing")]
    public async Task A_session_whose_connect_is_processed_for_too_long_is_swept_and_the_connect_told_to_handshake()
    {
        var time = new ManualTime();
        var processed = new TaskCompletionSource<bool>();
        await using var host = await TestHost.Start(time, o =>
        {
            o.MaxProcessing = TimeSpan.FromSeconds(10);
            o.Extensions.Add(new Spy("A", seen)
            {
                In = message => message.Id == "2" ? new(processed.Task) : new(true),
            });
        });
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        var slow = client.Connect();
        await Eventually.True(() => seen.Count(s => s == "A in /meta/connect") == 2 && session.IsExpiring);

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
        processed.SetResult(true);
        var reply = Assert.Single(await slow)!;
        Assert.Equal("402::session_unknown handshake", $"{reply["error"]} {reply["advice"]!["reconnect"]}");
    }

    /// <summary>A host with the extensions A and B for all, and S for each session.</summary>
    private async Task<TestHost> Start(TimeProvider? time = null, (string By, string Channel)? deleting = null)
    {
        var host = await TestHost.Start(time, o => Array.ForEach(["A", "B"], name => o.Extensions.Add(NewSpy(name))));
        host.Server.SessionStarted += session => session.Use(NewSpy("S"));
        return host;

        Spy NewSpy(string name) => new(name, seen)
        {
            In = message => new(deleting is not { } delete || delete != (name, message.Channel)
                || message is { Channel: "/meta/subscribe", Id: "1" }),
        };
    }

    private async Task Sees(Task exchange, string expected, string channel)
    {
        await exchange;
        Assert.Equal(expected.Replace("M", channel), string.Join(", ", seen));
        seen.Clear();
    }
}
