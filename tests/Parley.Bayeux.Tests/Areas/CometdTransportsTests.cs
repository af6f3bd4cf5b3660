using Parley.Testing;

namespace Parley.Bayeux.Tests.Areas;

/// <summary>What CometD's tests over every transport check and the tests by subject do not.</summary>
public sealed class CometdTransportsTests
{
    private const string Suite = "CometD transports";

    [Fact]
    [Area(Suite, "Connect suspended, connection closed")]
    [Area("CometD Node", "`cometd-nodejs-server`: server")]
    public async Task A_poll_whose_connection_closes_gives_its_place_back_and_its_session_expires()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var gone = await new Polling(host.Http, "ada").Open();
        var session = host.Server.SessionsOf("ada").Single();
        using (var wire = await RawWire.Open(host))
        {
            await wire.Post($"[{gone.Message("/meta/connect")}]", "X-User: ada\r\n");
            await Eventually.True(() => session.HoldsConnect);
        }
        await Eventually.True(() => session.IsExpiring);
        Assert.False(session.HoldsConnect);

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
        Assert.Equal(0, host.Server.SessionCount);
    }

    [Fact]
    [Area(Suite, "Connect suspended, connection closed")]
    public async Task A_tab_that_closes_while_its_connect_is_held_leaves_its_place_to_another()
    {
        await using var host = await TestHost.Start(new ManualTime());
        var closing = await new Polling(host.Http).Open();
        var other = await new Polling(host.Http).Open();
        var sessions = host.Server.SessionsOf("anonymous").ToArray();
        using (var closed = new CancellationTokenSource())
        {
            var poll = host.Http.PostAsync(
                host.Address, new StringContent($"[{closing.Message("/meta/connect")}]"), closed.Token);
            await Eventually.True(() => sessions[0].HoldsConnect);
            await closed.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        }
        await Eventually.True(() => sessions[0].IsExpiring);

        var held = other.Connect();
        await Eventually.True(() => sessions[1].HoldsConnect);
        await other.Disconnect();
        await held;
    }

    [Fact]
    [Area(Suite, "Session hijacking, also by the second message of a batch")]
    public async Task A_socket_speaks_only_for_its_own_session_and_the_other_is_unharmed()
    {
        await using var host = await TestHost.Start(new ManualTime());
        using var thief = await RawSocket.Open(host);
        using var victim = await RawSocket.Open(host, "/hijack");
        var mine = thief.Message("/meta/subscribe", ",\"subscription\":\"/mine\"");
        thief.ClientId = victim.ClientId;

        var alone = Assert.Single(await thief.Ask("/hijack", ",\"data\":1"))!;
        Assert.Equal("402::session_unknown", (string?)alone["error"]);
        await thief.Send($"[{mine},{thief.Message("/hijack", ",\"data\":2")},{thief.Message("/meta/disconnect")}]");
        Assert.Equal(
            [null, "402::session_unknown", "402::session_unknown"],
            (await thief.Receive()).Select(reply => (string?)reply!["error"]));

        host.Publish("/hijack", 3);
        Assert.Equal("""[{"channel":"/hijack","data":3}]""", await victim.ReceiveText());
        Assert.True((bool?)(await victim.Ask("/meta/connect", ",\"advice\":{\"timeout\":0}"))[0]!["successful"]);
    }
}
