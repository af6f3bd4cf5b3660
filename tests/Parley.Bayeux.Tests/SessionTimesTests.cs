using Parley.Bayeux.Tests.Areas;
using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>Times of one session's own, and how long its connects may be processed.</summary>
public sealed class SessionTimesTests
{
    private const string NoWait = ",\"advice\":{\"timeout\":0}";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private readonly ManualTime time = new();

    [Theory]
    [Area("CometD HTTP", "Custom advice")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_may_have_times_of_its_own_which_are_told_when_they_change_and_once(bool overWebSocket)
    {
        await using var host = await TestHost.Start(time);
        using var client = await Client.Open(host, overWebSocket);
        Assert.Null((await client.Ask("/meta/connect"))[0]!["advice"]);
        var session = host.Session;
        (session.Timeout, session.Interval, session.MaxInterval) =
            (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10));

        var held = client.Ask("/meta/connect");
        await Eventually.True(() => session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(4) - Tick);
        Assert.False(held.IsCompleted);
        time.Advance(2 * Tick);
        Assert.Equal(
            """{"reconnect":"retry","interval":3000,"timeout":4000,"maxInterval":10000}""",
            (await held)[0]!["advice"]!.ToJsonString());
        held = client.Ask("/meta/connect");
        await Eventually.True(() => session.HoldsConnect);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Null((await held)[0]!["advice"]);

        await Eventually.True(() => session.IsExpiring);
        time.Advance(TimeSpan.FromSeconds(13) - Tick);
        Assert.True(session.IsLive);
        time.Advance(2 * Tick);
        Assert.False(session.IsLive);
    }

    [Fact]
    public async Task Times_given_at_its_start_are_told_with_the_handshake_and_taken_back_by_null()
    {
        await using var host = await TestHost.Start(time);
        host.Server.SessionStarted += session => session.Timeout = TimeSpan.FromSeconds(7);
        var client = new Polling(host.Http);
        Assert.Equal(7000, (int?)(await client.Handshake())["advice"]!["timeout"]);
        host.Session.Timeout = null;
        Assert.Equal(25000, (int?)(await client.Connect())[0]!["advice"]!["timeout"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Session.Interval = TimeSpan.FromTicks(-1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Area("CometD transports", "Sweep during processing")]
    public async Task A_session_whose_connect_is_processed_for_too_long_is_removed_whatever_else_it_sends(bool overWebSocket)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var holds = false;
        var asked = false;
        await using var host = await TestHost.Start(time, o =>
        {
            o.MaxProcessing = TimeSpan.FromSeconds(5);
            o.Extensions.Add(new FuncExtension
            {
                OnMessage = m =>
                {
                    if (!holds || m.Channel != "/meta/connect") return new(true);
                    asked = true;
                    return new(answer.Task);
                },
            });
        });
        SessionEnd? ended = null;
        host.Server.SessionEnded += (_, end) => ended = end;
        using var client = await Client.Open(host, overWebSocket);
        await client.Ask("/meta/connect");
        var session = host.Session;
        holds = true;
        var reply = client.Until("/meta/connect");
        await Eventually.True(() => asked);
        time.Advance(TimeSpan.FromSeconds(4));
        if (!overWebSocket) await client.Ask("/elsewhere", ",\"data\":1");
        Assert.True(session.IsLive);
        time.Advance(TimeSpan.FromSeconds(1) + Tick);
        Assert.False(session.IsLive);
        Assert.Equal(EndReason.Expired, ended?.Reason);

        answer.SetResult(true);
        if (overWebSocket) return; // its connection was closed
        Assert.Equal("402::session_unknown", (string?)(await reply)[^1]["error"]);
        Assert.Equal("handshake", (string?)(await reply)[^1]["advice"]!["reconnect"]);
    }

    [Fact]
    public async Task Without_a_bound_a_connect_may_be_processed_for_as_long_as_it_takes_and_is_then_held()
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var host = await TestHost.Start(time, o => o.Extensions.Add(new FuncExtension
        {
            OnMessage = m => m.Channel == "/meta/connect" && ++asked == 2 ? new(answer.Task) : new(true),
        }));
        var client = await new Polling(host.Http).Open();
        var held = client.Connect();
        await Eventually.True(() => asked == 2);
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(host.Session.IsLive);
        answer.SetResult(true);
        await Eventually.True(() => host.Session.HoldsConnect);
        host.Session.Disconnect();
        await held;
    }
}
