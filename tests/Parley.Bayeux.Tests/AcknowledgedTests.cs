using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class AcknowledgedTests
{
    private const string Wanted = """[{"channel":"/meta/handshake","id":"0","version":"1.0","ext":{"ack":true}}]""";

    [Fact]
    public async Task What_is_not_acknowledged_is_sent_again_with_every_answer_until_it_is()
    {
        await using var host = await TestHost.Start();
        var client = await Open(host);
        host.Publish("/a", 1);
        host.Publish("/a", 2);

        Assert.Equal([1, 2], Events(await Connect(client, ack: 1), batch: 2));
        Assert.Equal([1, 2], Events(await Connect(client, ack: 1), batch: 3));
        host.Publish("/a", 3);
        Assert.Equal([3], Events(await Connect(client, ack: 3), batch: 4));
        host.Publish("/a", 4);
        Assert.Equal([4], Events(await Connect(client, ack: 4), batch: 5));
    }

    [Fact]
    public async Task Events_leave_with_connects_only()
    {
        await using var host = await TestHost.Start();
        var client = await Open(host);
        Assert.Single(await client.Publish("/a", "1"));
        Assert.Equal([1], Events(await Connect(client, ack: 1), batch: 2));
    }

    [Fact]
    public async Task A_connect_that_acknowledges_all_is_held_and_one_that_misses_something_is_not()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await Open(host);
        host.Publish("/a", 1);
        Assert.Equal([1], Events(await Connect(client, ack: 1), batch: 2));
        Assert.Equal([1], Events(await Connect(client, ack: 1), batch: 3));

        var held = Connect(client, ack: 3);
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        host.Publish("/a", 2);
        Assert.Equal([2], Events(await held, batch: 4));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("\"2\"")]
    [InlineData("null")]
    [InlineData("1e300")]
    public async Task A_number_that_is_no_batch_acknowledges_nothing(string ack)
    {
        await using var host = await TestHost.Start();
        var client = await Open(host);
        host.Publish("/a", 1);
        Assert.Equal([1], Events(await Connect(client, ack: 1), batch: 2));
        var again = await client.Connect($$""","ext":{"ack":{{ack}}},"advice":{"timeout":0}""");
        Assert.Equal([1], Events(again, batch: 3));
    }

    [Fact]
    public async Task Unacknowledged_events_count_towards_the_queue_limit()
    {
        await using var host = await TestHost.Start(configure: o => o.MaxQueue = 3);
        var client = await Open(host);
        for (var i = 0; i < 3; i++) host.Publish("/a", i);
        Assert.Equal([0, 1, 2], Events(await Connect(client, ack: 1), batch: 2));
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        host.Publish("/a", 3);
        Assert.Equal(new SessionEnd(EndReason.TooSlow, 3), ended);
    }

    [Fact]
    public async Task Over_WebSocket_events_come_before_the_answer_that_closes_their_batch()
    {
        await using var host = await TestHost.Start();
        using var socket = await RawSocket.Connect(host);
        await socket.Send(Wanted);
        var handshake = (await socket.Receive())[0]!;
        Assert.True((bool?)handshake["ext"]!["ack"]);
        socket.ClientId = (string)handshake["clientId"]!;
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        Assert.Equal(1, (int?)(await socket.Ask("/meta/connect", ",\"ext\":{\"ack\":0}"))[0]!["ext"]!["ack"]);

        await socket.Send($"[{socket.Message("/meta/connect", ",\"ext\":{\"ack\":1}")}]");
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        host.Publish("/a", 1);
        Assert.Equal([1], Events(await socket.Receive(), batch: 2));
        host.Publish("/a", 2);
        Assert.Equal([1, 2], Events(await socket.Ask("/meta/connect", ",\"ext\":{\"ack\":1}"), batch: 3));
    }

    [Fact]
    public async Task Clients_that_do_not_ask_or_are_not_allowed_to_get_none_of_it()
    {
        await using var host = await TestHost.Start(configure: o => o.AcknowledgedMessages = false);
        var client = new Polling(host.Http);
        Assert.Null((await client.Send(Wanted))[0]!["ext"]);
    }

    private static async Task<Polling> Open(TestHost host)
    {
        var client = new Polling(host.Http);
        var reply = (await client.Send(Wanted))[0]!;
        Assert.True((bool?)reply["ext"]!["ack"]);
        client.Adopt((string)reply["clientId"]!);
        await client.Subscribe("/a");
        Assert.Equal([], Events(await Connect(client, ack: 0), batch: 1));
        return client;
    }

    private static Task<JsonArray> Connect(Polling client, long ack) => client.Connect($$""","ext":{"ack":{{ack}}}""");

    private static IEnumerable<int> Events(JsonArray answer, int batch)
    {
        Assert.Equal("/meta/connect", (string?)answer[^1]!["channel"]);
        Assert.Equal(batch, (int?)answer[^1]!["ext"]!["ack"]);
        return answer.SkipLast(1).Select(e => (int)e!["data"]!).ToList();
    }
}
