using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Every way a long-poll can end, and what its answer advises.</summary>
public sealed class ConnectTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    [Fact]
    [Area("Faye", "connect")]
    [Area("What clients depend on", "the first connect is answered at once even without advice")]
    public async Task The_first_connect_is_answered_at_once_and_without_advice()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = new Polling(host.Http);
        await client.Handshake();

        Assert.Equal("""[{"channel":"/meta/connect","id":"1","successful":true}]""", (await client.Connect()).ToJsonString());
    }

    [Fact]
    [Area("CometD HTTP", "Custom advice")]
    [Area("What clients depend on", "connect replies normally carry no advice; with request advice they carry all of it")]
    [Area("What clients depend on", "advice is taken from any message and replaces everything known")]
    public async Task A_connect_with_timeout_0_is_answered_at_once_and_request_advice_is_answered_with_all_advice()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open();

        var reply = Assert.Single(await client.Connect(",\"advice\":{\"timeout\":0}"))!;
        Assert.Equal(
            """{"reconnect":"retry","interval":0,"timeout":25000,"maxInterval":30000}""", reply["advice"]!.ToJsonString());
    }

    [Fact]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("What clients depend on", "only status 200 with a non-empty array is success on HTTP")]
    [Area("What clients depend on", "no connect is held longer than advice timeout + 10 s")]
    public async Task A_connect_ends_at_its_timeout_with_an_empty_answer()
    {
        var (time, host, client, poll) = await Held();
        await using var _ = host;

        time.Advance(TimeSpan.FromSeconds(24.9));
        Assert.False(poll.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1) + Tick);
        Assert.Equal("""[{"channel":"/meta/connect","id":"2","successful":true}]""", (await poll).ToJsonString());
    }

    [Fact]
    [Area("CometD HTTP", "Custom advice")]
    public async Task A_request_may_ask_for_a_shorter_timeout_and_a_longer_interval()
    {
        var (time, host, _, poll) = await Held(",\"advice\":{\"timeout\":1000,\"interval\":60000}");
        await using var __ = host;
        time.Advance(TimeSpan.FromSeconds(1) + Tick);

        var advice = Assert.Single(await poll)!["advice"]!;
        Assert.Equal(60000, (int?)advice["interval"]);
        Assert.Equal(25000, (int?)advice["timeout"]);
        var session = host.Server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(89));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
    }

    [Fact]
    [Area("What clients depend on", "events precede the connect reply in one response")]
    public async Task A_connect_ends_with_an_event_which_precedes_its_reply()
    {
        var (_, host, _, poll) = await Held();
        await using var __ = host;
        host.Publish("/a", 1);
        Assert.Equal(
            """[{"channel":"/a","data":1},{"channel":"/meta/connect","id":"2","successful":true}]""",
            (await poll).ToJsonString());
    }

    [Fact]
    [Area("Faye", "connect")]
    public async Task A_connect_that_finds_events_waiting_is_answered_at_once()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open("/a");
        host.Publish("/a", 1);
        host.Publish("/a", 2);
        Assert.Equal(3, (await client.Connect()).Count);
    }

    [Fact]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("CometD transports", "Duplicate connect")]
    [Area("What clients depend on", "a superseded long-poll gets an error status; a superseded WebSocket connect gets nothing")]
    public async Task A_second_connect_ends_the_first_with_409_and_loses_nothing()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Server.SessionsOf("anonymous").Single();
        var first = client.Post($"[{client.Message("/meta/connect")}]");
        await Eventually.True(() => session.HoldsConnect);

        var second = client.Connect();
        using var superseded = await first;
        Assert.Equal(409, (int)superseded.StatusCode);
        Assert.Equal("", await superseded.Content.ReadAsStringAsync());

        await Eventually.True(() => session.HoldsConnect);
        host.Publish("/a", 1);
        Assert.Equal(2, (await second).Count);
    }

    [Fact]
    [Area("CometD HTTP", "Disconnect, concurrent disconnect")]
    public async Task A_disconnect_releases_the_connect_and_says_not_to_come_back()
    {
        var (_, host, client, poll) = await Held();
        await using var __ = host;
        var disconnect = await client.Disconnect();

        Assert.True((bool?)disconnect[0]!["successful"]);
        Assert.Equal(
            """[{"channel":"/meta/connect","id":"2","successful":true,"advice":{"reconnect":"none"}}]""",
            (await poll).ToJsonString());
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    [Area("CometD Node", "… usage, integration, chat, extensions, ack")]
    public async Task The_host_may_disconnect_a_session_and_what_waits_is_sent_first()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open("/a");
        host.Publish("/a", 1);
        host.Server.Disconnect(host.Server.SessionsOf("anonymous").Single());
        Assert.Equal(0, host.Server.SessionCount);

        var last = await client.Connect();
        Assert.Equal(["/a", "/meta/disconnect", "/meta/connect"], last.Select(m => (string?)m!["channel"]));
        Assert.Equal("none", (string?)last[2]!["advice"]!["reconnect"]);
        Assert.Equal("402::session_unknown", (string?)(await client.Connect())[0]!["error"]);
    }

    [Fact]
    [Area("CometD HTTP", "Connect with other messages")]
    public async Task A_connect_that_shares_its_request_is_not_held_and_replies_keep_their_order()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open();
        var replies = await client.Send(
            $"[{client.Message("/meta/connect")},{client.Message("/meta/subscribe", ",\"subscription\":\"/a\"")},"
            + $"{client.Message("/a", ",\"data\":5")}]");

        Assert.Equal(["/a", "/meta/connect", "/meta/subscribe", "/a"], replies.Select(r => (string?)r!["channel"]));
        Assert.Equal(5, (int?)replies[0]!["data"]);
    }

    [Fact]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task A_client_that_gives_up_its_poll_loses_no_event()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open("/a");
        var session = host.Server.SessionsOf("anonymous").Single();
        using (var impatience = new CancellationTokenSource())
        {
            var request = new StringContent($"[{client.Message("/meta/connect")}]");
            var poll = host.Http.PostAsync(host.Address, request, impatience.Token);
            await Eventually.True(() => session.HoldsConnect);
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
            await Eventually.True(() => !session.HoldsConnect);
        }
        host.Publish("/a", 1);
        Assert.Equal(2, (await client.Connect()).Count);
    }

    [Fact]
    [Area("CometD HTTP", "Sweeping, channels, server lifecycle")]
    public async Task A_stopping_server_has_whom_it_holds_connect_again_in_a_while()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        var poll = client.Post($"[{client.Message("/meta/connect")}]");
        await Eventually.True(() => session.HoldsConnect);

        var stop = host.Stop();
        using var answer = await poll;
        var reply = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))![0]!;
        Assert.True((bool)reply["successful"]!);
        Assert.Equal("retry", (string?)reply["advice"]!["reconnect"]);
        Assert.Equal(1000, (int)reply["advice"]!["interval"]!);
        Assert.Equal(EndReason.ServerStopping, ended?.Reason);
        await stop;
    }

    [Fact]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("What clients depend on", "any HTTP response may carry events; on WebSocket events flow without any connect")]
    public async Task An_event_caused_by_a_publish_rides_on_its_own_response_and_does_not_wake_the_connect()
    {
        var (_, host, client, poll) = await Held();
        await using var __ = host;
        var answer = await client.Publish("/a", "1");

        Assert.Equal(["/a", "/a"], answer.Select(m => (string?)m!["channel"]));
        Assert.Equal(1, (int?)answer[0]!["data"]);
        Assert.Null(answer[1]!["data"]);
        Assert.False(poll.IsCompleted);
    }

    /// <summary>A client subscribed to <c>/a</c> whose second connect is held.</summary>
    private static async Task<(ManualTime Time, TestHost Host, Polling Client, Task<JsonArray> Poll)> Held(string more = "")
    {
        var time = new ManualTime();
        var host = await TestHost.Start(time);
        var client = new Polling(host.Http);
        await client.Handshake();
        var first = await client.Connect();
        Assert.Single(first);
        Assert.True(host.Server.SessionsOf("anonymous").Single().Subscribe([ChannelName.Parse("/a")]) is SubscribeOutcome.Done);
        var poll = client.Connect(more);
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().HoldsConnect);
        return (time, host, client, poll);
    }
}
