using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Events that the answer to a handshake brings, for hosts whose clients can read them.</summary>
[Area("CometD WebSocket", "Client over WebSocket")]
public sealed class DeliverWithHandshakeTests
{
    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, MemberData(nameof(Ways))]
    [Area("CometD transports", "Server sends before first connect")]
    public async Task What_was_delivered_when_the_session_began_follows_the_reply_which_says_how_much_it_is(
        bool overWebSocket, bool acknowledged)
    {
        await using var host = await Start();
        using var client = await Client.Open(host, overWebSocket, ext: acknowledged ? "{\"ack\":true}" : "{}");
        var answer = client.Opening;

        Assert.Equal(["/meta/handshake", "/welcome", "/welcome"], answer.Select(m => (string?)m!["channel"]));
        Assert.Equal([1, 2], answer.Skip(1).Select(m => (int)m!["data"]!));
        Assert.Equal(2, (int?)answer[0]!["x-messages"]);
        Assert.Equal(
            acknowledged ? """{"enabled":true,"batch":1}""" : null, answer[0]!["ext"]?["ack"]?.ToJsonString());

        var connect = await client.Connect(acknowledged ? 1 : null);
        Assert.Equal(acknowledged ? 2 : null, (int?)Assert.Single(connect)!["ext"]?["ack"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_did_not_get_them_gets_them_again_if_it_acknowledges(bool overWebSocket)
    {
        await using var host = await Start();
        using var client = await Client.Open(host, overWebSocket, ext: "{\"ack\":true}");
        var connect = await client.Connect(0);
        Assert.Equal([1, 2], connect.SkipLast(1).Select(m => (int)m!["data"]!));
        Assert.Equal(2, (int?)connect[^1]!["ext"]!["ack"]);
        Assert.Single(await client.Connect(2, ",\"advice\":{\"timeout\":0}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Area("CometD transports", "Server sends before first connect")]
    public async Task Without_the_option_they_follow_the_answer(bool overWebSocket)
    {
        await using var host = await TestHost.Start(new ManualTime());
        host.Server.SessionStarted += session => session.Deliver(TestHost.Event("/welcome", 1));
        using var client = await Client.Open(host, overWebSocket);
        var reply = Assert.Single(client.Opening)!;
        Assert.True((bool?)reply["successful"]);
        Assert.Null(reply["x-messages"]);
        var heard = overWebSocket ? await client.Receive() : await client.Connect(null);
        Assert.Equal(1, (int?)heard[0]!["data"]);
    }

    [Fact]
    public async Task None_is_a_number_too()
    {
        await using var host = await TestHost.Start(configure: o => o.DeliverWithHandshake = true);
        Assert.Equal(0, (int?)(await new Polling(host.Http).Handshake())["x-messages"]);
    }

    private static async Task<TestHost> Start()
    {
        var host = await TestHost.Start(new ManualTime(), o => o.DeliverWithHandshake = true);
        host.Server.SessionStarted += session =>
        {
            session.Deliver(TestHost.Event("/welcome", 1));
            session.Deliver(TestHost.Event("/welcome", 2));
        };
        return host;
    }
}
