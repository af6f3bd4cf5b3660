using System.Text.RegularExpressions;
using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Clients that read slowly, or never stop writing.</summary>
public sealed class SlowClientTests
{
    private const int Events = 60;
    private const int EventSize = 1_000_000;

    // more than the kernel and the web server hold for a connection together
    private const int Gulp = 16_000_000;

    [Fact]
    [Area("Own tests on top", "stalled reader")]
    public async Task A_poll_whose_reader_stalls_is_cut_and_its_session_kept()
    {
        var (time, host, wire) = await LargeAnswer();
        await using var _ = host;
        using var __ = wire;
        var session = Session(host);

        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return session.IsExpiring; // the answer is over
        });
        Assert.True(session.IsLive);
        Assert.InRange(await wire.Skip(long.MaxValue), 1, (long)Events * EventSize);
        Assert.Empty(host.Errors);
    }

    [Fact]
    [Area("CometD HTTP", "Slow connection")]
    public async Task A_poll_whose_reader_makes_progress_is_not_cut_however_long_it_takes()
    {
        var (time, host, wire) = await LargeAnswer();
        await using var _ = host;
        using var __ = wire;
        var length = int.Parse(Regex.Match(await wire.ReadHead(), "Content-Length: ([0-9]+)").Groups[1].ValueSpan);

        // every write of the server begins after one gulp and is through with the next: none lasts 15 seconds
        var read = 0L;
        while (read < length)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            var gulp = Math.Min(Gulp, length - read);
            Assert.Equal(gulp, await wire.Skip(gulp));
            read += gulp;
        }
        await Eventually.True(() => Session(host).IsExpiring);
    }

    [Fact]
    public async Task A_body_that_never_ends_is_refused_at_the_limit()
    {
        await using var host = await TestHost.Start();
        using var wire = await RawWire.Open(host);
        await wire.Write("POST /bayeux HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < 65; i++) await wire.Write($"400\r\n{new string(' ', 1024)}\r\n");
        Assert.StartsWith("HTTP/1.1 413", await wire.ReadHead(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declared_length_above_the_limit_is_refused_before_the_body()
    {
        await using var host = await TestHost.Start();
        using var wire = await RawWire.Open(host);
        await wire.Write("POST /bayeux HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413", await wire.ReadHead(), StringComparison.Ordinal);
    }

    /// <summary>A connection on which an answer of 60 MB has begun that nobody reads.</summary>
    private static async Task<(ManualTime Time, TestHost Host, RawWire Wire)> LargeAnswer()
    {
        var time = new ManualTime();
        var host = await TestHost.Start(time, o => (o.MaxQueueBytes, o.MaxInterval) = (100_000_000, TimeSpan.FromHours(1)));
        var client = await new Polling(host.Http, "ada").Open("/a");
        for (var i = 0; i < Events; i++) host.Publish("/a", new string('x', EventSize));
        var wire = await RawWire.Open(host);
        await wire.Post($"[{client.Message("/meta/connect")}]", "X-User: ada\r\n");
        await Eventually.True(() => !Session(host).IsExpiring);
        return (time, host, wire);
    }

    private static BayeuxSession Session(TestHost host) => host.Server.SessionsOf("ada").Single();
}
