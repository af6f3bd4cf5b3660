using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class AcknowledgedTests
{
    private const string Wanted = """[{"channel":"/meta/handshake","id":"0","version":"1.0","ext":{"ack":true}}]""";

    [Fact]
    [Area("CometD HTTP", "Ack extension")]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    [Area("What clients depend on", "every connect reply of an ack session repeats everything unacknowledged")]
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
    [Area("CometD HTTP", "Ack extension")]
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
        using var socket = await OpenSocket(host);
        await socket.Send($"[{socket.Message("/meta/connect", ",\"ext\":{\"ack\":1}")}]");
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        host.Publish("/a", 1);
        Assert.Equal([1], Events(await socket.Receive(), batch: 2));
        host.Publish("/a", 2);
        Assert.Equal([1, 2], Events(await Connect(socket, ack: 1), batch: 3));
    }

    [Fact]
    public async Task Over_WebSocket_a_batch_is_what_fits_into_one_frame_and_the_next_connect_brings_the_rest_at_once()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxFrameSize = 1024);
        using var socket = await OpenSocket(host);
        var sizes = new[] { 600, 600, 300, 5000, 10 };
        foreach (var size in sizes) host.Publish("/a", new string('x', size));

        Assert.Equal([600], Sizes(await Connect(socket, ack: 1), batch: 2));
        Assert.Equal([600, 300], Sizes(await Connect(socket, ack: 2), batch: 3));
        Assert.Equal([5000], Sizes(await Connect(socket, ack: 3), batch: 4));
        Assert.Equal([5000], Sizes(await Connect(socket, ack: 3), batch: 5));
        Assert.Equal([10], Sizes(await Connect(socket, ack: 5), batch: 6));
    }

    [Fact]
    public async Task A_batch_that_repeats_only_a_part_of_a_lost_one_acknowledges_only_that_part()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxFrameSize = 1024);
        var polling = new Polling(host.NewHttp(), "ada");
        polling.Adopt((string)(await polling.Send(Wanted))[0]!["clientId"]!);
        await polling.Subscribe("/a");
        await Connect(polling, ack: 0);
        foreach (var size in new[] { 600, 601, 602 }) host.Publish("/a", new string('x', size));
        Assert.Equal([600, 601, 602], Sizes(await Connect(polling, ack: 1), batch: 2));

        using var socket = await RawSocket.Connect(host, "ada");
        socket.ClientId = polling.ClientId;
        Assert.Equal([600], Sizes(await Connect(socket, ack: 1), batch: 3));
        Assert.Equal([601], Sizes(await Connect(socket, ack: 3), batch: 4));
        Assert.Equal([602], Sizes(await Connect(socket, ack: 4), batch: 5));
    }

    [Fact]
    public async Task A_host_that_disconnects_a_client_has_everything_sent_before_however_much_it_is()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxFrameSize = 1024);
        using var socket = await OpenSocket(host);
        await socket.Send($"[{socket.Message("/meta/connect", ",\"ext\":{\"ack\":1}")}]");
        var session = host.Server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.HoldsConnect);
        using (session.Batch())
        {
            for (var i = 0; i < 5; i++) host.Publish("/a", new string('x', 600));
            session.Disconnect();
        }
        for (var i = 0; i < 4; i++) Assert.Equal("/a", (string?)(await socket.Receive()).Single()!["channel"]);
        var last = await socket.Receive();
        Assert.Equal(["/a", "/meta/disconnect", "/meta/connect"], last.Select(m => (string)m!["channel"]!));
    }

    [Fact]
    public async Task A_disconnect_by_the_host_repeats_nothing_that_the_connection_has_brought()
    {
        await using var host = await TestHost.Start();
        using var socket = await RawSocket.Connect(host);
        await socket.Send(Wanted);
        socket.ClientId = (string)(await socket.Receive())[0]!["clientId"]!;
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        await socket.Ask("/meta/connect", ",\"ext\":{\"ack\":0}");
        await socket.Send($"[{socket.Message("/meta/connect", ",\"ext\":{\"ack\":1}")}]");
        var session = host.Server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.HoldsConnect);
        host.Publish("/a", 1);
        Assert.Equal([1], Events(await socket.Receive(), batch: 2));

        host.Publish("/a", 2);
        session.Disconnect();
        Assert.Equal(["/a 2", "/meta/disconnect "], (await socket.Receive()).Select(m => $"{m!["channel"]} {m["data"]}"));
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

    private static async Task<RawSocket> OpenSocket(TestHost host)
    {
        var socket = await RawSocket.Connect(host);
        await socket.Send(Wanted);
        var handshake = (await socket.Receive())[0]!;
        Assert.True((bool?)handshake["ext"]!["ack"]);
        socket.ClientId = (string)handshake["clientId"]!;
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        Assert.Equal([], Events(await Connect(socket, ack: 0), batch: 1));
        return socket;
    }

    private static Task<JsonArray> Connect(RawSocket client, long ack) =>
        client.Ask("/meta/connect", $$""","ext":{"ack":{{ack}}}""");

    private static Task<JsonArray> Connect(Polling client, long ack) => client.Connect($$""","ext":{"ack":{{ack}}}""");

    private static List<int> Events(JsonArray answer, int batch) => DataOf(answer, batch).Select(data => (int)data).ToList();

    private static List<int> Sizes(JsonArray answer, int batch) =>
        DataOf(answer, batch).Select(data => ((string)data!).Length).ToList();

    private static IEnumerable<JsonNode> DataOf(JsonArray answer, int batch)
    {
        Assert.Equal("/meta/connect", (string?)answer[^1]!["channel"]);
        Assert.Equal(batch, (int?)answer[^1]!["ext"]!["ack"]);
        return answer.SkipLast(1).Select(e => e!["data"]!);
    }
}
