using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What extensions see of messages and replies, in which order, and what they may do to them.</summary>
public sealed class ExtensionTests
{
    private const string AllKinds = "Extensions (handshake, connect, subscribe, unsubscribe, publish, disconnect)";
    private readonly ConcurrentQueue<string> seen = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Area("CometD HTTP", AllKinds)]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    [Area("Faye", "extensions")]
    public async Task Each_message_and_each_reply_is_seen_once_by_all_the_servers_own_first_on_the_way_in_and_last_on_the_way_out(
        bool overWebSocket)
    {
        await using var host = await TestHost.Start(configure: o =>
        {
            o.Extensions.Add(Witness("s1"));
            o.Extensions.Add(Witness("s2"));
        });
        host.Server.SessionStarted += session =>
        {
            session.Use(Witness("c1"));
            session.Use(Witness("c2"));
        };
        host.Server.Channels.Listen(ChannelName.Parse("/service/x"), _ => new(true));
        var client = await Client.Open(host, overWebSocket);

        // The session is not there yet when its handshake comes in.
        Assert.Equal(
            ["s1> handshake", "s2> handshake", "<c2 handshake", "<c1 handshake", "<s2 handshake", "<s1 handshake"], Seen());
        (string Channel, string More)[] messages =
        [
            ("/meta/connect", ""),
            ("/meta/subscribe", ",\"subscription\":\"/a\""),
            ("/meta/unsubscribe", ",\"subscription\":\"/a\""),
            ("/a", ",\"data\":1"),
            ("/service/x", ",\"data\":1"),
            ("/meta/disconnect", ""),
        ];
        foreach (var (channel, more) in messages)
        {
            await client.Ask(channel, more);
            var name = channel.Split('/')[^1];
            Assert.Equal([.. In(name, "s1", "s2", "c1", "c2"), .. Out(name, "c2", "c1", "s2", "s1")], Seen());
        }
    }

    [Theory]
    [InlineData("/meta/handshake", "")]
    [InlineData("/meta/connect", "")]
    [InlineData("/meta/subscribe", ",\"subscription\":\"/b\"")]
    [InlineData("/meta/unsubscribe", ",\"subscription\":\"/a\"")]
    [InlineData("/meta/disconnect", "")]
    [InlineData("/a", ",\"data\":1")]
    [InlineData("/service/x", ",\"data\":1")]
    [Area("CometD HTTP", AllKinds)]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    [Area("Faye", "extensions")]
    public async Task A_message_an_extension_deletes_has_no_effect_and_later_extensions_do_not_see_it(string channel, string more)
    {
        var deleted = false;
        await using var host = await TestHost.Start(configure: o =>
        {
            o.Extensions.Add(new FuncExtension { OnMessage = m => new(!deleted || m.Channel != channel) });
            o.Extensions.Add(Witness("s2"));
        });
        host.Server.Channels.Listen(ChannelName.Parse("/service/x"), _ =>
        {
            seen.Enqueue("heard");
            return new(true);
        });
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Session;
        deleted = true;
        seen.Clear();

        var reply = Assert.Single(await client.Send($"[{client.Message(channel, more)}]"))!;
        Assert.Equal("404::message_deleted", (string?)reply["error"]);
        Assert.False((bool?)reply["successful"]);
        Assert.Equal([$"<s2 {channel.Split('/')[^1]}"], Seen());
        Assert.Equal(1, host.Server.SessionCount);
        Assert.True(session.IsSubscribedTo(ChannelName.Parse("/a")));
        Assert.False(session.IsSubscribedTo(ChannelName.Parse("/b")));
    }

    [Fact]
    public async Task A_deleted_handshake_is_not_tried_again_and_a_deleted_connect_keeps_the_session()
    {
        var time = new ManualTime();
        var kind = "";
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(
            new FuncExtension { OnMessage = m => new(m.Channel != kind) }));
        kind = "/meta/handshake";
        Assert.Equal("none", (string?)(await new Polling(host.NewHttp()).Handshake())["advice"]!["reconnect"]);

        kind = "/meta/connect";
        var client = new Polling(host.Http);
        await client.Handshake();
        Assert.Null(Assert.Single(await client.Connect())!["advice"]);
        var session = host.Session;
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
    }

    [Fact]
    public async Task What_several_add_to_a_reply_becomes_one_ext_beside_that_of_acknowledged_messages()
    {
        await using var host = await TestHost.Start(configure: o =>
        {
            o.Extensions.Add(new FuncExtension { OnReply = r => r.AddExt("one", 1) });
            o.Extensions.Add(new FuncExtension { OnReply = r => r.AddExt("t\"wo", new JsonObject { ["x"] = null }) });
        });
        host.Policy.Handshakes = _ => new(HandshakeVerdict.Accept("anonymous", ext: new JsonObject { ["own"] = true }));
        var client = new Polling(host.Http);
        var handshake = (await client.Send("""[{"channel":"/meta/handshake","ext":{"ack":true}}]"""))[0]!;
        Assert.Equal("""{"own":true,"ack":true,"t\u0022wo":{"x":null},"one":1}""", handshake["ext"]!.ToJsonString());

        client.Adopt((string)handshake["clientId"]!);
        var connect = (await client.Connect(",\"ext\":{\"ack\":0}"))[0]!;
        Assert.Equal("""{"ack":1,"t\u0022wo":{"x":null},"one":1}""", connect["ext"]!.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_noted_about_a_connect_is_there_when_it_is_answered_and_only_for_who_noted_it(bool overWebSocket)
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time, o =>
        {
            o.Extensions.Add(Noting("first"));
            o.Extensions.Add(Noting("second"));
        });
        var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");
        var held = client.Ask("/meta/connect");
        await Eventually.True(() => host.Session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(26));

        var reply = Assert.Single(await held)!;
        Assert.Equal("""{"second":"second /meta/connect 2","first":"first /meta/connect 2"}""", reply["ext"]!.ToJsonString());
    }

    [Fact]
    public async Task Of_what_is_set_twice_in_a_reply_the_last_counts_and_a_reply_kept_cannot_be_changed()
    {
        var kept = new List<BayeuxReply>();
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(new FuncExtension
        {
            OnReply = reply =>
            {
                kept.Add(reply);
                reply.SetTimestamp("then");
                reply.AddExt("x", 1);
                reply.AddExt("y", 2);
                reply.AddExt("x", 3);
                reply.SetTimestamp("now");
            },
        }));
        var client = await new Polling(host.Http).Open();
        using var response = await client.Post($"[{client.Message("/a", ",\"data\":1")}]");
        Assert.EndsWith(
            "\"successful\":true,\"timestamp\":\"now\",\"ext\":{\"x\":3,\"y\":2}}]", await response.Content.ReadAsStringAsync());
        Assert.All(kept, reply =>
        {
            Assert.Throws<ObjectDisposedException>(() => reply.AddExt("z", 1));
            Assert.Throws<ObjectDisposedException>(() => reply.SetTimestamp("late"));
        });
    }

    private static FuncExtension Noting(string name)
    {
        FuncExtension? own = null;
        return own = new FuncExtension
        {
            OnMessage = m =>
            {
                m.Note(own!, $"{name} {m.Channel} {m.Id}");
                return new(true);
            },
            OnReply = r => r.AddExt(name, (string?)r.NoteOf(own!)),
        };
    }

    private static IEnumerable<string> In(string message, params string[] names) => names.Select(n => $"{n}> {message}");

    private static IEnumerable<string> Out(string message, params string[] names) => names.Select(n => $"<{n} {message}");

    private FuncExtension Witness(string name) => new()
    {
        OnMessage = m =>
        {
            seen.Enqueue($"{name}> {m.Channel!.Split('/')[^1]}");
            return new(true);
        },
        OnReply = r => seen.Enqueue($"<{name} {r.Channel.Split('/')[^1]}"),
    };

    private List<string> Seen()
    {
        var all = seen.ToList();
        seen.Clear();
        return all;
    }
}
