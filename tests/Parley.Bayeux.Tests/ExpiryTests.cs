using Parley.Testing;

namespace Parley.Bayeux.Tests;

public sealed class ExpiryTests
{
    [Fact]
    [Area("CometD HTTP", "Sweeping, channels, server lifecycle")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task A_session_that_never_connects_is_swept()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        await new Polling(host.Http).Handshake();
        await Eventually.True(() => host.Server.SessionsOf("anonymous").Single().IsExpiring);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, host.Server.SessionCount);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    [Area("CometD HTTP", "Slow connection")]
    [Area("CometD HTTP", "Sweeping, channels, server lifecycle")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    [Area("Faye", "engine")]
    public async Task A_session_expires_maxInterval_after_its_last_answered_connect()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.IsExpiring);

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
        Assert.Equal(EndReason.Expired, ended?.Reason);

        var reply = Assert.Single(await client.Connect())!;
        Assert.Equal("402::session_unknown", (string?)reply["error"]);
        Assert.Equal("handshake", (string?)reply["advice"]!["reconnect"]);
    }

    [Fact]
    public async Task The_clock_stands_still_while_a_connect_is_held()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(
            time, o => (o.Timeout, o.MaxInterval) = (TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1)));
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        var poll = client.Connect();
        await Eventually.True(() => session.HoldsConnect);

        time.Advance(TimeSpan.FromMinutes(4));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromMinutes(1));
        await poll;
        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(session.IsLive);
    }

    [Fact]
    [Area("Faye", "engine")]
    public async Task Other_messages_postpone_the_end_but_do_not_replace_connects()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        await Eventually.True(() => session.IsExpiring);

        time.Advance(TimeSpan.FromSeconds(20));
        await client.Subscribe("/a");
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(session.IsLive);
    }

    [Fact]
    [Area("CometD HTTP", "Custom advice")]
    public async Task An_interval_cannot_be_asked_for_that_keeps_a_session_for_ever()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await new Polling(host.Http).Open();
        var reply = Assert.Single(await client.Connect(",\"advice\":{\"timeout\":0,\"interval\":2000000000}"))!;
        Assert.Equal(120000, (int?)reply["advice"]!["interval"]);
    }

    [Fact]
    public void Timers_fire_in_any_distance_and_not_before_their_time()
    {
        var time = new ManualTime();
        using var wheel = new TimerWheel(time, static e => throw e);
        var fired = new List<long>();
        foreach (var due in new long[] { 1, 250, 251, 5000, 127_750, 128_000, 128_001, 600_000 })
            wheel.Schedule(new Recorder(() => fired.Add(wheel.Now - due)), due);
        var cancelled = new Recorder(() => fired.Add(-1));
        wheel.Schedule(cancelled, 700);
        wheel.Cancel(cancelled);

        time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(8, fired.Count);
        Assert.All(fired, late => Assert.InRange(late, 0, 250));
    }

    private sealed class Recorder(Action fire) : WheelTimer
    {
        public override void Fire() => fire();
    }
}
