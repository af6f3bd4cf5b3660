using System.Text.Json.Nodes;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Lazy events wait for their time, for the answer to a connect, or for anything urgent; their order is kept.</summary>
public sealed class LazyTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly ManualTime time = new();

    public static TheoryData<bool, bool> Ways => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory, MemberData(nameof(Ways))]
    public async Task A_lazy_event_waits_its_time_and_no_longer(bool overWebSocket, bool acknowledged)
    {
        await using var host = await Start(lazy: "/a", TimeSpan.FromSeconds(3));
        using var client = await Held(host, overWebSocket, acknowledged);
        host.Publish("/a", 1);
        time.Advance(TimeSpan.FromSeconds(1));
        host.Publish("/a", 2);
        time.Advance(TimeSpan.FromSeconds(2) - Tick);
        Assert.False(client.Heard.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([1, 2], Events(await client.Heard));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task An_urgent_event_takes_the_lazy_ones_along_in_their_order(bool overWebSocket, bool acknowledged)
    {
        await using var host = await Start(lazy: "/a", TimeSpan.FromSeconds(3));
        using var client = await Held(host, overWebSocket, acknowledged);
        host.Publish("/a", 1);
        host.Publish("/a", 2);
        host.Publish("/b", 3);
        Assert.Equal([1, 2, 3], Events(await client.Heard));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task The_end_of_a_connect_takes_lazy_events_along(bool overWebSocket, bool acknowledged)
    {
        await using var host = await Start(lazy: "/a", TimeSpan.FromSeconds(60));
        using var client = await Held(host, overWebSocket, acknowledged);
        time.Advance(TimeSpan.FromSeconds(24));
        host.Publish("/a", 1);
        time.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(client.Heard.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([1], Events(await client.Heard));
    }

    [Theory, MemberData(nameof(Ways))]
    [Area("CometD HTTP", "Ack extension")]
    public async Task A_connect_that_finds_lazy_events_is_held_until_their_time_is_over(bool overWebSocket, bool acknowledged)
    {
        await using var host = await Start(lazy: "/a", TimeSpan.FromSeconds(3));
        using var client = await Held(host, overWebSocket, acknowledged);
        host.Publish("/b", 0);
        var first = await client.Heard;
        Assert.Equal([0], Events(first));
        host.Publish("/a", 1);
        var ack = acknowledged ? (int?)first[^1]!["ext"]!["ack"] : null;
        var next = overWebSocket && !acknowledged ? client.Client.Receive() : client.Client.Connect(ack);
        if (!overWebSocket || acknowledged) await Eventually.True(() => host.Session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(3) - Tick);
        Assert.False(next.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([1], Events(await next));
    }

    [Fact]
    public async Task MaxLazyTimeout_bounds_every_wait()
    {
        await using var host = await Start(lazy: "/a", TimeSpan.FromHours(1), TimeSpan.FromSeconds(2));
        using var client = await Held(host, overWebSocket: true, acknowledged: false);
        host.Publish("/a", 1);
        time.Advance(TimeSpan.FromSeconds(2) - Tick);
        Assert.False(client.Heard.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([1], Events(await client.Heard));
    }

    [Fact]
    public async Task Patterns_make_all_they_cover_lazy_a_plain_name_only_itself_and_the_narrowest_counts()
    {
        await using var host = await Start(lazy: "/p/**", TimeSpan.FromSeconds(4));
        host.Server.Channels.BeLazy(ChannelName.Parse("/p/quick"), TimeSpan.FromSeconds(1));
        using var client = await Held(host, overWebSocket: true, acknowledged: false);
        host.Publish("/p/x/y", 1);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(client.Heard.IsCompleted);
        host.Publish("/p/quick", 2);
        time.Advance(TimeSpan.FromSeconds(1) + Tick);
        Assert.Equal([1, 2], Events(await client.Heard));
        host.Publish("/p/quick/child", 3);
        var next = client.Client.Receive();
        time.Advance(TimeSpan.FromSeconds(4) - Tick);
        Assert.False(next.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([3], Events(await next));
    }

    [Fact]
    public async Task Each_declaration_ends_by_itself_and_the_latest_that_is_left_counts()
    {
        await using var host = await TestHost.Start(time);
        var name = ChannelName.Parse("/a");
        var slow = host.Server.Channels.BeLazy(name, TimeSpan.FromSeconds(4));
        var quick = host.Server.Channels.BeLazy(name, TimeSpan.FromSeconds(1));
        quick.Dispose();
        using var client = await Held(host, overWebSocket: true, acknowledged: false);
        host.Publish("/a", 1);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(client.Heard.IsCompleted);
        slow.Dispose();
        host.Publish("/a", 2);
        Assert.Equal([1, 2], Events(await client.Heard));
    }

    [Fact]
    public async Task An_event_may_be_lazy_by_itself()
    {
        await using var host = await TestHost.Start(time);
        using var client = await Held(host, overWebSocket: true, acknowledged: false);
        host.Server.Publish(TestHost.Event("/a", 1).Lazily(TimeSpan.FromSeconds(1)));
        time.Advance(TimeSpan.FromSeconds(1) - Tick);
        Assert.False(client.Heard.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal([1], Events(await client.Heard));
    }

    private async Task<TestHost> Start(string lazy, TimeSpan atMost, TimeSpan? most = null)
    {
        var host = await TestHost.Start(time, o => o.MaxLazyTimeout = most ?? TimeSpan.FromMinutes(5));
        host.Server.Channels.BeLazy(ChannelName.Parse(lazy), atMost);
        return host;
    }

    /// <summary>A client subscribed to everything whose connect is held.</summary>
    private static async Task<HeldClient> Held(TestHost host, bool overWebSocket, bool acknowledged)
    {
        var client = await Client.Open(host, overWebSocket, ext: acknowledged ? "{\"ack\":true}" : "{}");
        await client.Ask("/meta/subscribe", ",\"subscription\":\"/**\"");
        var first = await client.Connect(acknowledged ? 0 : null);
        var heard = client.Connect(acknowledged ? (int?)first[0]!["ext"]!["ack"] : null);
        await Eventually.True(() => host.Session.HoldsConnect);
        return new HeldClient(client, heard);
    }

    private static IEnumerable<int> Events(JsonArray heard) =>
        heard.Where(m => m!["data"] is not null).Select(m => (int)m!["data"]!).ToList();

    private sealed record HeldClient(Client Client, Task<JsonArray> Heard) : IDisposable
    {
        public void Dispose() => Client.Dispose();
    }
}
