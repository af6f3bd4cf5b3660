using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>The host sees what is about to leave a session, and says what does.</summary>
public sealed class DequeuingTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, MemberData(nameof(Ways))]
    public async Task It_may_leave_out_add_and_reorder_and_sees_each_event_once(bool overWebSocket, bool acknowledged)
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var client = await Client.Open(host, overWebSocket, ext: acknowledged ? "{\"ack\":true}" : "{}");
        await client.Ask("/meta/subscribe", ",\"subscription\":\"/a\"");
        await client.Connect(acknowledged ? 0 : null);
        var seen = new List<string>();
        host.Session.Dequeuing = events =>
        {
            seen.AddRange(events.Select(e => System.Text.Encoding.UTF8.GetString(e.Json.Span)[^2..^1]));
            return [.. events.Reverse().Where((_, i) => i != 1), TestHost.Event("/sum", events.Count)];
        };
        using (host.Session.Batch())
        {
            for (var i = 1; i <= 3; i++) host.Publish("/a", i);
        }

        var ack = acknowledged ? 1 : (int?)null;
        var heard = overWebSocket && !acknowledged ? await client.Receive() : await client.Connect(ack, NoWait);
        Assert.Equal([3, 1, 3], heard.Take(3).Select(m => (int)m!["data"]!));
        if (acknowledged) Assert.Equal([3, 1, 3], (await client.Connect(ack, NoWait)).Take(3).Select(m => (int)m!["data"]!));
        Assert.Equal(["1", "2", "3"], seen);
    }

    [Fact]
    public async Task Events_that_do_not_fit_into_a_frame_are_not_seen_again()
    {
        await using var host = await TestHost.Start(new ManualTime(), o => o.MaxFrameSize = 1024);
        using var socket = await RawSocket.Open(host, "/a");
        var seen = 0;
        host.Session.Dequeuing = events =>
        {
            seen += events.Count;
            return [TestHost.Event("/a", "first"), .. events, TestHost.Event("/a", "last")];
        };
        using (host.Session.Batch())
        {
            for (var i = 0; i < 200; i++) host.Publish("/a", i);
        }
        var heard = new List<string>();
        while (heard.LastOrDefault() != "last") heard.AddRange((await socket.Receive()).Select(m => m!["data"]!.ToString()));
        Assert.Equal(["first", .. Enumerable.Range(0, 200).Select(i => $"{i}"), "last"], heard);
        Assert.Equal(200, seen);
    }

    [Fact]
    public async Task One_that_throws_costs_the_answer_and_no_event()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a");
        host.Publish("/a", 1);
        host.Session.Dequeuing = _ => throw new FormatException();
        using (var response = await client.Post($"[{client.Message("/meta/connect")}]"))
            Assert.Equal(500, (int)response.StatusCode);
        host.Session.Dequeuing = null;
        Assert.Equal(2, (await client.Connect()).Count);
    }

    [Fact]
    public async Task One_that_leaves_nothing_leaves_an_empty_answer()
    {
        await using var host = await TestHost.Start();
        var client = await new Polling(host.Http).Open("/a");
        host.Session.Dequeuing = _ => [];
        host.Publish("/a", 1);
        Assert.Single(await client.Connect());
        host.Session.Dequeuing = null;
        host.Publish("/a", 2);
        Assert.Equal(2, (int?)(await client.Connect())[0]!["data"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Revoking_drops_what_waits_because_of_it_and_nothing_else(bool acknowledged)
    {
        await using var host = await TestHost.Start();
        using var client = await Client.Open(host, overWebSocket: false, ext: acknowledged ? "{\"ack\":true}" : "{}");
        await client.Ask("/meta/subscribe", ",\"subscription\":[\"/a/*\",\"/a/keep\",\"/b\"]");
        await client.Connect(acknowledged ? 0 : null);
        (string Channel, int Data)[] events = [("/a/x", 1), ("/a/keep", 2), ("/b", 3), ("/a/y", 4)];
        foreach (var (channel, data) in events) host.Publish(channel, data);
        host.Session.Revoke(ChannelName.Parse("/a/*"));
        host.Publish("/a/x", 5);
        host.Publish("/a/keep", 6);

        var heard = await client.Connect(acknowledged ? 1 : null, NoWait);
        Assert.Equal([2, 3, 6], heard.SkipLast(1).Select(m => (int)m!["data"]!));
        Assert.Single(await client.Connect(acknowledged ? 2 : null, NoWait));
    }
}
