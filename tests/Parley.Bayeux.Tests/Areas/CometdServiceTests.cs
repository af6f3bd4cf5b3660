using System.Collections.Concurrent;
using System.Text;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What a host hears of its clients, and what it tells them.</summary>
public sealed class CometdServiceTests
{
    private const string Node = "… usage, integration, chat, extensions, ack";
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    [Area("CometD Node", Node)]
    public async Task Listeners_see_whose_message_it_is_and_what_it_says_and_may_delete_it()
    {
        await using var host = await TestHost.Start();
        var heard = new ConcurrentQueue<string>();
        var listening = host.Server.Channels.Listen(ChannelName.Parse("/foo"), message =>
        {
            heard.Enqueue($"{message.Session!.Principal} {message.Channel} {Encoding.UTF8.GetString(message.Data.Span)}");
            return new(false);
        });
        var ada = await new Polling(host.Http, "ada").Open("/foo");

        Assert.Equal("404::message_deleted", (string?)Assert.Single(await ada.Publish("/foo", """{"a":1}"""))!["error"]);
        Assert.Equal(["""ada /foo {"a":1}"""], heard);
        listening.Dispose();
        Assert.Equal(2, (await ada.Publish("/foo", "2")).Count);
        Assert.Single(heard);
    }

    [Fact]
    [Area("CometD Node", Node)]
    public async Task Each_of_several_sessions_gets_what_is_published_and_one_alone_what_is_delivered_to_it()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.NewHttp(), "ada").Open("/foo");
        var bob = await new Polling(host.NewHttp(), "bob").Open("/foo");
        host.Publish("/foo", "all");
        host.Server.SessionsOf("bob").Single().Deliver(Event("/unheard/of", "\"bob\""));

        Assert.Equal(["all"], (await ada.Connect(NoWait)).SkipLast(1).Select(m => (string?)m!["data"]));
        Assert.Equal(["all", "bob"], (await bob.Connect(NoWait)).SkipLast(1).Select(m => (string?)m!["data"]));
    }

    [Theory]
    [Area("CometD Node", Node)]
    [Area("CometD HTTP", "Sweeping, channels, server lifecycle")]
    [InlineData("/meta/unsubscribe")]
    [InlineData("/meta/disconnect")]
    public async Task A_channel_is_gone_with_its_last_subscriber(string channel)
    {
        await using var host = await TestHost.Start();
        var foo = ChannelName.Parse("/foo");
        Assert.False(host.Server.Exists(foo));
        var first = await new Polling(host.NewHttp()).Open("/foo");
        var last = await new Polling(host.NewHttp()).Open("/foo");

        foreach (var client in new[] { first, last })
        {
            Assert.True(host.Server.Exists(foo));
            await client.Send($"[{client.Message(channel, ",\"subscription\":\"/foo\"")}]");
        }
        Assert.False(host.Server.Exists(foo));
    }

    [Fact]
    [Area("CometD Node", Node)]
    public async Task Members_of_a_chat_hear_who_comes_and_goes_and_what_they_say_to_each_other()
    {
        await using var host = await TestHost.Start();
        var room = ChannelName.Parse("/chat/demo");
        host.Server.SubscriptionChanged += (session, channel, change) =>
        {
            if (channel.Equals(room)) host.Publish("/chat/members", $"{session.Principal} {change}");
        };
        var ada = await new Polling(host.NewHttp(), "ada").Open("/chat/members", "/chat/demo");
        var bob = await new Polling(host.NewHttp(), "bob").Open("/chat/demo");
        await bob.Publish("/chat/demo", "\"hi\"");
        await bob.Send($"[{bob.Message("/meta/unsubscribe", ",\"subscription\":\"/chat/demo\"")}]");

        // that she came herself she was told with the reply to her subscription
        Assert.Equal(
            ["bob Subscribed", "hi", "bob Unsubscribed"],
            (await ada.Connect(NoWait)).SkipLast(1).Select(m => (string?)m!["data"]));
    }

    [Theory]
    [Area("CometD WebSocket", "Request context")]
    [Area("CometD Node", Node)]
    [InlineData("long-polling")]
    [InlineData("websocket")]
    public async Task The_host_sees_with_each_message_the_request_that_carries_it(string transport)
    {
        var contexts = new ConcurrentQueue<string>();
        await using var host = await TestHost.Start(configure: o => o.Extensions.Add(new Spy("A", [])
        {
            In = message =>
            {
                var request = message.Http.Request;
                contexts.Enqueue($"{message.Channel} {request.Headers["X-Who"]} {request.Cookies["who"]}");
                return new(message.Http.Connection.RemoteIpAddress is not null);
            },
        }));
        foreach (var who in new[] { "ada", "bob" })
        {
            if (transport == "websocket")
            {
                using var socket = await RawSocket.Connect(host, null, ("X-Who", who), ("Cookie", $"who={who}"));
                await socket.Handshake();
                await socket.Ask("/foo", ",\"data\":1");
            }
            else
            {
                using var http = host.NewHttp();
                http.DefaultRequestHeaders.Add("X-Who", who);
                http.DefaultRequestHeaders.Add("Cookie", $"who={who}");
                var client = new Polling(http);
                await client.Handshake();
                await client.Publish("/foo", "1");
            }
        }
        Assert.Equal(
            ["/meta/handshake ada ada", "/foo ada ada", "/meta/handshake bob bob", "/foo bob bob"], contexts);
    }

    [Theory]
    [Area("What clients depend on", "remote-call answers repeat the request's id on an event")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_remote_call_gets_its_answer_as_an_event_with_its_id_and_a_plain_reply(bool succeeds)
    {
        await using var host = await TestHost.Start();
        host.Server.Channels.Listen(ChannelName.Parse("/service/call"), message =>
        {
            if (succeeds) message.Answer(message.Data.Span);
            else message.AnswerFailure("\"no\""u8);
            return new(true);
        });
        using var socket = await RawSocket.Open(host);
        await socket.Send("""[{"channel":"/service/call","id":"c7","clientId":"CLIENT","data":{"x":1}}]"""
            .Replace("CLIENT", socket.ClientId));

        var answers = new List<string>();
        while (answers.Count < 2) answers.AddRange((await socket.Receive()).Select(m => m!.ToJsonString()));
        var data = succeeds ? """{"x":1}""" : "\"no\"";
        Assert.Equal(
            [
                $$"""{"channel":"/service/call","data":{{data}},"id":"c7","successful":{{(succeeds ? "true" : "false")}}}""",
                """{"channel":"/service/call","id":"c7","successful":true}""",
            ],
            answers);
    }

    private static BayeuxEvent Event(string channel, string data) =>
        BayeuxEvent.Create(ChannelName.Parse(channel), Encoding.UTF8.GetBytes(data));
}
