using System.Text;
using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>The host's listeners: they see what clients publish before anybody receives it.</summary>
[Area("CometD Node", "… usage, integration, chat, extensions, ack")]
public sealed class ListenerTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Fact]
    public async Task Listeners_hear_widest_first_and_each_once_until_one_deletes_the_message()
    {
        await using var host = await TestHost.Start();
        var heard = new List<string>();
        string? deletes = null;
        foreach (var name in new[] { "/a/b", "/a/*", "/**", "/a/**", "/a/b", "/other", "/service/**" })
        {
            host.Server.Channels.Listen(ChannelName.Parse(name), message =>
            {
                heard.Add($"{name} {Encoding.UTF8.GetString(message.Data.Span)}");
                return new(name != deletes);
            });
        }
        var witness = await new Polling(host.NewHttp(), "witness").Open("/a/b");
        var client = await new Polling(host.Http).Open();
        Assert.True((bool?)(await client.Publish("/a/b", "1"))[0]!["successful"]);
        Assert.Equal(["/** 1", "/a/** 1", "/a/* 1", "/a/b 1", "/a/b 1"], heard);
        Assert.Equal(2, (await witness.Connect()).Count);

        heard.Clear();
        deletes = "/a/*";
        Assert.Equal("404::message_deleted", (string?)(await client.Publish("/a/b", "2"))[0]!["error"]);
        Assert.Equal(["/** 2", "/a/** 2", "/a/* 2"], heard);
        Assert.Single(await witness.Connect(NoWait));
        host.Publish("/a/b", 3); // what the host publishes is not asked about
        Assert.Equal(3, heard.Count);
    }

    [Fact]
    public async Task A_service_exists_while_somebody_listens()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/service/**");
        const string Denied = "403:denied_by_security_policy:publish_denied";
        Assert.Equal(Denied, (string?)(await client.Publish("/service/x", "1"))[0]!["error"]);

        var heard = 0;
        var service = host.Server.Channels.Listen(ChannelName.Parse("/service/*"), _ => new(++heard > 0));
        var reply = Assert.Single(await client.Publish("/service/x", "1"))!;
        Assert.Equal($$"""{"channel":"/service/x","id":"{{reply["id"]}}","successful":true}""", reply.ToJsonString());
        Assert.Equal(1, heard);
        Assert.Equal(Denied, (string?)(await client.Publish("/service/x/y", "1"))[0]!["error"]);

        service.Dispose();
        Assert.Equal(Denied, (string?)(await client.Publish("/service/x", "1"))[0]!["error"]);
        Assert.Equal(1, heard);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Area("CometD JavaScript", "Remote calls")]
    [Area("What clients depend on", "remote-call answers repeat the request's id on an event")]
    [Area("CometD HTTP", "Message order")]
    public async Task A_remote_call_is_answered_to_its_caller_alone_by_its_id(bool overWebSocket)
    {
        await using var host = await TestHost.Start();
        host.Server.Channels.Listen(ChannelName.Parse("/service/sum"), message =>
        {
            if (message.Data.Span.SequenceEqual("[1,2]"u8)) message.Answer("3"u8);
            else message.AnswerFailure("\"no numbers\""u8);
            return new(true);
        });
        var other = await new Polling(host.NewHttp(), "other").Open("/service/sum", "/**");
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");

        var heard = await client.Until("/service/sum", ",\"data\":[1,2]");
        var id = (string?)heard[^1]["id"];
        Assert.Equal(
            [
                $$"""{"channel":"/service/sum","data":3,"id":"{{id}}","successful":true}""",
                $$"""{"channel":"/service/sum","id":"{{id}}","successful":true}""",
            ],
            heard.Select(m => m.ToJsonString()));
        var failed = (await client.Until("/service/sum", ",\"data\":\"x\""))[0];
        Assert.Equal((false, "no numbers"), ((bool)failed["successful"]!, (string)failed["data"]!));
        Assert.Single(await other.Connect(NoWait));
    }

    [Fact]
    public async Task An_answer_may_come_later_and_needs_an_id()
    {
        await using var host = await TestHost.Start();
        BayeuxMessage? call = null;
        host.Server.Channels.Listen(ChannelName.Parse("/service/later"), message => new((call = message) is not null));
        var client = await new Polling(host.Http).Open();
        Assert.Single(await client.Publish("/service/later", "1"));
        var held = client.Connect();
        await Eventually.True(() => host.Session.HoldsConnect);
        call!.Answer("\"done\""u8);
        Assert.Equal("done", (string?)(await held)[0]!["data"]);

        await client.Send($$"""[{"channel":"/service/later","clientId":"{{client.ClientId}}","data":1}]""");
        Assert.Throws<InvalidOperationException>(() => call.Answer("1"u8));
    }

    [Fact]
    public async Task A_listener_that_throws_fails_the_request_and_keeps_session_and_channel()
    {
        await using var host = await TestHost.Start();
        var broken = true;
        host.Server.Channels.Listen(ChannelName.Parse("/a"), async _ =>
        {
            await Task.Yield();
            return broken ? throw new FormatException() : true;
        });
        var client = await new Polling(host.Http).Open("/a");
        using (var response = await client.Post($"[{client.Message("/a", ",\"data\":1")}]"))
            Assert.Equal(500, (int)response.StatusCode);
        broken = false;
        Assert.Equal([2, null], (await client.Publish("/a", "2")).Select(m => (int?)m!["data"]));
    }

    [Fact]
    public async Task What_a_payload_publishes_is_heard_in_its_order_and_its_replies_keep_it_too()
    {
        await using var host = await TestHost.Start();
        var heard = new List<string>();
        host.Server.Channels.Listen(ChannelName.Parse("/**"), async m =>
        {
            await Task.Yield();
            heard.Add(Encoding.UTF8.GetString(m.Data.Span));
            return true;
        });
        host.Server.Channels.Listen(ChannelName.Parse("/service/x"), m =>
        {
            heard.Add(Encoding.UTF8.GetString(m.Data.Span));
            m.Session!.Deliver(TestHost.Event("/service/x", "served"));
            return new(true);
        });
        var client = await new Polling(host.Http).Open("/a");
        var answer = await client.Send(
            $"[{client.Message("/a", ",\"data\":1")},{client.Message("/service/x", ",\"data\":2")},"
            + $"{client.Message("/a", ",\"data\":3")}]");
        Assert.Equal(["1", "2", "3"], heard);
        Assert.Equal(["1", "served", "3"], answer.Take(3).Select(m => m!["data"]!.ToString()));
        Assert.Equal(["/a", "/service/x", "/a"], answer.Skip(3).Select(m => (string?)m!["channel"]));
    }
}
