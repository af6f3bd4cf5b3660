using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What the tests of CometD's server for Node check and the tests by subject do not.</summary>
[Area("CometD Node", "`cometd-nodejs-server`: server")]
public sealed class CometdNodeServerTests
{
    [Theory]
    [InlineData("""[{"channel":"/meta/connect"}]""", "402::session_unknown")]
    [InlineData("""[{"channel":"/foo","data":1}]""", "402::session_unknown")]
    // the reference looks for the session first: ours says that the channel is missing, as CometD's other servers do
    [InlineData("[{}]", "400::channel_missing")]
    public async Task A_first_message_that_is_no_handshake_is_refused(string payload, string error)
    {
        await using var host = await TestHost.Start();
        var reply = Assert.Single(await new Polling(host.Http).Send(payload))!;
        Assert.False((bool?)reply["successful"]);
        Assert.Equal(error, (string?)reply["error"]);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_400()
    {
        await using var host = await TestHost.Start();
        using var answer = await new Polling(host.Http).Post("a");
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("/meta/connect", ",\"connectionType\":\"long-polling\",\"advice\":{\"timeout\":0}")]
    [InlineData("/meta/subscribe", ",\"subscription\":\"/foo\"")]
    [InlineData("/meta/unsubscribe", ",\"subscription\":\"/foo\"")]
    [InlineData("/meta/disconnect", "")]
    public async Task Each_meta_message_gets_one_successful_reply(string channel, string more)
    {
        await using var host = await TestHost.Start();
        var client = new Polling(host.Http);
        Assert.True((bool?)(await client.Handshake())["successful"]);

        var reply = Assert.Single(await client.Send($"[{client.Message(channel, more)}]"))!;
        Assert.Equal(channel, (string?)reply["channel"]);
        Assert.Equal("1", (string?)reply["id"]);
        Assert.True((bool?)reply["successful"]);
    }

    [Fact]
    public async Task A_connect_that_comes_while_a_publish_is_processed_is_held_and_the_event_rides_with_the_publish()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open("/baz");
        Task<JsonArray>? poll = null;
        host.Server.Channels.Listen(ChannelName.Parse("/other"), async message =>
        {
            host.Publish("/baz", "hello");
            poll = client.Connect();
            await Eventually.True(() => message.Session!.HoldsConnect);
            return true;
        });

        var answer = await client.Publish("/other", "1");
        Assert.Equal(["/baz", "/other"], answer.Select(m => (string?)m!["channel"]));
        Assert.False(poll!.IsCompleted);
        await client.Disconnect();
        Assert.Single(await poll);
    }

    [Fact]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    public async Task What_the_extension_of_one_session_deletes_others_may_send()
    {
        await using var host = await TestHost.Start();
        var ada = await new Polling(host.NewHttp(), "ada").Open();
        var bob = await new Polling(host.NewHttp(), "bob").Open();
        host.Server.SessionsOf("ada").Single().Use(new FuncExtension { OnMessage = message => new(message.Channel != "/foo") });

        Assert.Equal("404::message_deleted", (string?)(await ada.Publish("/foo", "1"))[0]!["error"]);
        Assert.True((bool?)(await bob.Publish("/foo", "1"))[0]!["successful"]);
    }
}
