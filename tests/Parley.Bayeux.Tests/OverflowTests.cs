using System.Text.Json.Nodes;
using Parley.Bayeux.Tests.Areas;

namespace Parley.Bayeux.Tests;

/// <summary>What becomes of a session whose queue is full, as the host wants it.</summary>
[Area("CometD HTTP", "Max queue")]
public sealed class OverflowTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    [Theory]
    [InlineData(QueueVerdict.DropOldest, new[] { 4, 5, 6 })]
    [InlineData(QueueVerdict.DropNewest, new[] { 0, 1, 2 })]
    public async Task Old_or_new_events_are_dropped_and_the_host_is_told_of_each(QueueVerdict verdict, int[] left)
    {
        var met = new List<string>();
        await using var host = await TestHost.Start(configure: o =>
        {
            o.MaxQueue = 3;
            o.WhenQueueFull = (session, evt) =>
            {
                met.Add($"{session.Principal} {System.Text.Encoding.UTF8.GetString(evt.Json.Span)}");
                return verdict;
            };
        });
        var client = await new Polling(host.Http).Open("/a");
        for (var i = 0; i < 7; i++) host.Publish("/a", i);
        Assert.Equal(Enumerable.Range(3, 4).Select(i => $$"""anonymous {"channel":"/a","data":{{i}}}"""), met);
        Assert.Equal(left, Events(await client.Connect()));
    }

    [Fact]
    public async Task As_many_of_the_oldest_go_as_a_large_event_needs_and_a_larger_one_still_fits_alone()
    {
        await using var host = await TestHost.Start(configure: o =>
            (o.MaxQueueBytes, o.WhenQueueFull) = (1024, (_, _) => QueueVerdict.DropOldest));
        var client = await new Polling(host.Http).Open("/a");
        for (var i = 0; i < 9; i++) host.Publish("/a", new string((char)('0' + i), 100));
        host.Publish("/a", new string('x', 300));
        Assert.Equal("45678x", Firsts(await client.Connect()));

        host.Publish("/a", "1");
        host.Publish("/a", new string('y', 3000));
        Assert.Equal("y", Firsts(await client.Connect()));
    }

    [Fact]
    public async Task Batches_stay_right_when_acknowledged_messages_are_dropped()
    {
        await using var host = await TestHost.Start(configure: o =>
            (o.MaxQueue, o.WhenQueueFull) = (3, (_, _) => QueueVerdict.DropOldest));
        var client = await Acknowledging(host);
        for (var i = 0; i < 3; i++) host.Publish("/a", i);
        Assert.Equal([0, 1, 2], Events(await Connect(client, ack: 1), batch: 2));
        host.Publish("/a", 3); // 0 was sent, and is dropped before it is acknowledged
        Assert.Equal([1, 2, 3], Events(await Connect(client, ack: 1), batch: 3));
        for (var i = 4; i < 9; i++) host.Publish("/a", i); // all that was sent is dropped
        Assert.Equal([6, 7, 8], Events(await Connect(client, ack: 2), batch: 4));
        host.Publish("/a", 9);
        Assert.Equal([7, 8, 9], Events(await Connect(client, ack: 3), batch: 5)); // 4 is not acknowledged
        host.Publish("/a", 10);
        Assert.Equal([10], Events(await Connect(client, ack: 5), batch: 6));
        host.Publish("/a", 11);
        Assert.Equal([11], Events(await Connect(client, ack: 6), batch: 7));
    }

    [Fact]
    public async Task Unacknowledged_events_stay_when_the_newest_are_dropped()
    {
        await using var host = await TestHost.Start(configure: o =>
            (o.MaxQueue, o.WhenQueueFull) = (2, (_, _) => QueueVerdict.DropNewest));
        var client = await Acknowledging(host);
        for (var i = 0; i < 4; i++) host.Publish("/a", i);
        Assert.Equal([0, 1], Events(await Connect(client, ack: 1), batch: 2));
        host.Publish("/a", 4);
        Assert.Equal([0, 1], Events(await Connect(client, ack: 1), batch: 3));
        Assert.Empty(Events(await client.Connect(",\"ext\":{\"ack\":3}" + NoWait), batch: 4));
        host.Publish("/a", 5);
        Assert.Equal([5], Events(await Connect(client, ack: 4), batch: 5));
    }

    [Fact]
    public async Task A_host_that_fails_to_decide_ends_the_session_and_others_receive_the_event()
    {
        await using var host = await TestHost.Start(configure: o =>
            (o.MaxQueue, o.WhenQueueFull) = (1, (_, _) => throw new FormatException()));
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        await new Polling(host.NewHttp(), "slow").Open("/a", "/b");
        var client = await new Polling(host.Http).Open("/b");
        host.Publish("/a", 1);
        host.Publish("/b", 2);
        Assert.Equal(new SessionEnd(EndReason.TooSlow, 1), ended);
        Assert.Equal([2], Events(await client.Connect()));
        Assert.Contains("FormatException", Assert.Single(host.Errors), StringComparison.Ordinal);
    }

    private static async Task<Polling> Acknowledging(TestHost host)
    {
        var client = new Polling(host.Http);
        client.Adopt((string)(await client.Send("""[{"channel":"/meta/handshake","ext":{"ack":true}}]"""))[0]!["clientId"]!);
        await client.Subscribe("/a");
        Assert.Empty(Events(await Connect(client, ack: 0), batch: 1));
        return client;
    }

    private static Task<JsonArray> Connect(Polling client, int ack) => client.Connect($$""","ext":{"ack":{{ack}}}""");

    private static IEnumerable<int> Events(JsonArray answer, int batch)
    {
        Assert.Equal(batch, (int?)answer[^1]!["ext"]!["ack"]);
        return Events(answer);
    }

    private static IEnumerable<int> Events(JsonArray answer) => answer.SkipLast(1).Select(e => (int)e!["data"]!).ToList();

    private static string Firsts(JsonArray answer) => string.Concat(answer.SkipLast(1).Select(e => ((string)e!["data"]!)[0]));
}
