using Parley.Testing;

namespace Parley.Bayeux.Tests;

/// <summary>What still arrives on a connection after another took its session over.</summary>
public sealed class TakenOverTests
{
    [Fact]
    public async Task A_connect_on_the_old_connection_is_neither_held_nor_ends_the_one_that_is()
    {
        var time = new ManualTime();
        await using var host = await TestHost.Start(time);
        var client = await new Polling(host.Http).Open();
        var session = host.Server.SessionsOf("anonymous").Single();
        var (old, present) = (new Connection(), new Connection());
        session.Attach(old);
        session.Attach(present);
        Assert.True(old.IsReplaced);
        var held = session.Connect(present, Terms)!;
        Assert.True(held.IsHeld);

        var before = session.ConnectArrived();
        Assert.Null(session.Connect(old, Terms));
        session.ConnectProcessed(before);
        Assert.True(session.HoldsConnect);

        session.Detach(present);
        before = session.ConnectArrived();
        Assert.Null(session.Connect(present, Terms));
        session.ConnectProcessed(before);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(session.IsLive);
        Assert.Equal("402::session_unknown", (string?)(await client.Connect())[0]!["error"]);
    }

    private static ConnectTerms Terms => new("1", Advice: null, Browser: null, MaxSiblings: -1, Holding.Allowed, null, null);

    private sealed class Connection : ISessionEndpoint
    {
        public bool IsReplaced { get; private set; }

        public string ConnectionType => "websocket";

        public void ConnectEnded(HeldConnect connect, ConnectEnd end)
        {
        }

        public void EventsWaiting()
        {
        }

        public void SessionEnded(ConnectEnd end)
        {
        }

        public void Replaced() => IsReplaced = true;
    }
}
