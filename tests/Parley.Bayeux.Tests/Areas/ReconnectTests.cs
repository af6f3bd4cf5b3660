using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>With acknowledged messages nothing is lost, whichever connection, answer or request is.</summary>
public sealed class ReconnectTests
{
    private const string Suite = "No loss across reconnects";
    private const string Failures = "Connect failure with ack / overtaken connect with ack";
    private const string Wanted = """[{"channel":"/meta/handshake","ext":{"ack":true}}]""";

    [Fact]
    [Area(Suite, "connection dies while a connect is held")]
    [Area("CometD HTTP", "Ack extension")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task A_poll_that_dies_is_made_up_for_by_the_next_at_once()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await Polled(host);
        await Lose(host, client.Message("/meta/connect", Ack(1)), held: true);
        host.Publish("/foo", 1);

        AssertBatch(await client.Connect(Ack(1)), batch: 2, 1);
    }

    [Fact]
    [Area(Suite, "connection dies while a connect is held")]
    [Area(Suite, "page reload with the reload extension")]
    [Area("CometD transports", Failures)]
    public async Task A_socket_that_dies_is_made_up_for_by_the_next_at_once()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var dying = await Socket(host);
        await dying.Send($"[{dying.Message("/meta/connect", Ack(1))}]");
        await Eventually.True(() => Session(host).HoldsConnect);
        dying.Abort();
        await Eventually.True(() => Session(host).IsDetached);
        host.Publish("/foo", 1);

        using var next = await RawSocket.Connect(host, "ada");
        next.ClientId = dying.ClientId;
        AssertBatch(await next.Ask("/meta/connect", Ack(1) + ",\"advice\":{\"timeout\":0}"), batch: 2, 1);
    }

    [Fact]
    [Area(Suite, "connect reply with batch b lost")]
    [Area("CometD transports", Failures)]
    [Area("CometD HTTP", "Ack extension")]
    public async Task What_a_lost_answer_carried_comes_again_with_a_new_number()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await Polled(host);
        host.Publish("/foo", 1);
        await Lose(host, client.Message("/meta/connect", Ack(1)), held: false);
        host.Publish("/foo", 2);

        AssertBatch(await client.Connect(Ack(1)), batch: 3, 1, 2);
    }

    [Fact]
    [Area(Suite, "reply arrived, next connect lost")]
    public async Task A_connect_that_is_sent_again_brings_only_what_is_new()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await Polled(host);
        host.Publish("/foo", 1);
        AssertBatch(await client.Connect(Ack(1)), batch: 2, 1);

        await Lose(host, client.Message("/meta/connect", Ack(2)), held: true);
        host.Publish("/foo", 2);
        AssertBatch(await client.Connect(Ack(2)), batch: 3, 2);
    }

    [Fact]
    [Area(Suite, "client slow: sends a second connect while the first is being answered")]
    [Area("CometD transports", Failures)]
    public async Task An_answer_that_is_overtaken_carries_its_own_batch_and_nothing_later()
    {
        using var building = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var connects = 0;
        await using var host = await TestHost.Start(new ManualTime(), o => o.Extensions.Add(new FuncExtension
        {
            OnReply = reply =>
            {
                if (reply.Channel != "/meta/connect" || Interlocked.Increment(ref connects) != 2) return;
                building.Set();
                release.Wait(TestHost.Patience);
            },
        }));
        var client = await Polled(host);
        var overtaken = client.Connect(Ack(1));
        await Eventually.True(() => Session(host).HoldsConnect);
        host.Publish("/foo", 1);
        await Eventually.True(() => building.IsSet);

        AssertBatch(await client.Connect(Ack(1)), batch: 3, 1);
        host.Publish("/foo", 2);
        release.Set();
        AssertBatch(await overtaken, batch: 2, 1);
        AssertBatch(await client.Connect(Ack(3)), batch: 4, 2);
    }

    [Fact]
    [Area(Suite, "client away longer than maxInterval")]
    public async Task After_the_end_of_a_session_the_host_knows_how_much_to_send_again()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var ends = new List<SessionEnd>();
        host.Server.SessionEnded += (_, end) => ends.Add(end);
        var client = await Polled(host);
        host.Publish("/foo", 1);
        AssertBatch(await client.Connect(Ack(1)), batch: 2, 1);
        host.Publish("/foo", 2);
        await Eventually.True(() => Session(host).IsExpiring);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal([new SessionEnd(EndReason.Expired, 2)], ends);
        AssertHandshake(await client.Connect(Ack(2)));
    }

    [Fact]
    [Area(Suite, "server restart")]
    public async Task A_server_that_was_restarted_knows_nobody()
    {
        var before = await TestHost.Start();
        var client = await Polled(before);
        await before.DisposeAsync();
        await using var after = await TestHost.Start();
        AssertHandshake(await new Polling(after.Http, "ada").Send($"[{client.Message("/meta/connect", Ack(1))}]"));
    }

    [Fact]
    [Area(Suite, "fallback to another transport")]
    public async Task Batches_go_on_over_another_transport()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var socket = await Socket(host);
        host.Publish("/foo", 1);
        AssertBatch(await socket.Ask("/meta/connect", Ack(1)), batch: 2, 1);
        host.Publish("/foo", 2);

        var polling = new Polling(host.Http, "ada");
        polling.Adopt(socket.ClientId);
        AssertBatch(await polling.Connect(Ack(1)), batch: 3, 1, 2);
        host.Publish("/foo", 3);
        AssertBatch(await polling.Connect(Ack(3)), batch: 4, 3);
    }

    private static string Ack(int batch) => $$""","ext":{"ack":{{batch}}}""";

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("ada").Single();

    /// <summary>Ada over long-polling, subscribed to <c>/foo</c>; her first connect closed batch 1.</summary>
    private static async Task<Polling> Polled(TestHost host)
    {
        var client = new Polling(host.Http, "ada");
        client.Adopt((string)(await client.Send(Wanted))[0]!["clientId"]!);
        await client.Subscribe("/foo");
        AssertBatch(await client.Connect(Ack(0)), batch: 1);
        return client;
    }

    /// <summary>The same over WebSocket.</summary>
    private static async Task<RawSocket> Socket(TestHost host)
    {
        var socket = await RawSocket.Connect(host, "ada");
        await socket.Send(Wanted);
        socket.ClientId = (string)(await socket.Receive())[0]!["clientId"]!;
        await socket.Ask("/meta/subscribe", ",\"subscription\":\"/foo\"");
        AssertBatch(await socket.Ask("/meta/connect", Ack(0)), batch: 1);
        return socket;
    }

    /// <summary>Posts a connect whose connection dies, while it is held or once it is answered.</summary>
    private static async Task Lose(TestHost host, string connect, bool held)
    {
        await Eventually.True(() => Session(host).IsExpiring);
        using (var wire = await RawWire.Open(host))
        {
            await wire.Post(connect, "X-User: ada\r\n");
            if (held) await Eventually.True(() => Session(host).HoldsConnect);
            else await wire.ReadByte();
        }
        await Eventually.True(() => Session(host).IsExpiring);
    }

    private static void AssertBatch(JsonArray answer, int batch, params int[] events)
    {
        Assert.Equal("/meta/connect", (string?)answer[^1]!["channel"]);
        Assert.Equal(batch, (int?)answer[^1]!["ext"]!["ack"]);
        Assert.Equal(events, answer.SkipLast(1).Select(e => (int)e!["data"]!));
    }

    private static void AssertHandshake(JsonArray answer)
    {
        Assert.Equal("402::session_unknown", (string?)answer[0]!["error"]);
        Assert.Equal("handshake", (string?)answer[0]!["advice"]!["reconnect"]);
    }
}
