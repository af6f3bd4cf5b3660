using Parley.Bench.Push.Loop;

namespace Parley.Bench.Push;

/// <summary>One server with one transport and so many sessions: started, played on, and stopped.</summary>
internal sealed class Performance(PushOptions options, Contestant contestant, int sessions, Faults faults)
{
    private const int WarmUpSessions = 200;
    private const int PairsSessions = 1000;

    public static Figures Play(PushOptions options, Contestant contestant, int sessions, Faults faults)
    {
        using var server = PeerServer.Start(contestant.Server);
        using var loop = new EventLoop();
        return new Performance(options, contestant, sessions, faults).PlayOn(server, loop);
    }

    private Figures PlayOn(PeerServer server, EventLoop loop)
    {
        var figures = new Figures(contestant, sessions);
        var cost = ServerCost.Of(server.Pid)!;
        WarmUp(NewCrowd(server, loop, Math.Min(sessions, WarmUpSessions)), cost);
        var emptyMemory = Memory(server, cost);

        var crowd = NewCrowd(server, loop, sessions);
        crowd.Each(crowd.Everybody, player => player.Open());
        crowd.Each(crowd.Everybody, player => player.Listen());
        if (options.Played.Contains("idle"))
        {
            loop.Run(options.Periods.Settle);
            figures.BytesPerSession = (Memory(server, cost) - emptyMemory) / (double)crowd.Everybody.Length;
            cost.Start();
            loop.Run(options.Periods.Idle);
            figures.IdleCores = cost.Stop().Cpu / options.Periods.Idle;
        }
        if (options.Played.Contains("fan-out")) figures.FanOut = FanOut.Play(crowd, options.Window, options.Periods, cost);
        PlayPairs(crowd, figures);
        crowd.CountLosses();
        crowd.Each(crowd.Everybody, player => player.Leave());

        if (options.Played.Contains("handshakes")) figures.HandshakesPerSecond = Handshakes(server, loop);
        return figures;
    }

    private void PlayPairs(Crowd crowd, Figures figures)
    {
        var latency = options.Played.Contains("latency");
        var pairs = options.Played.Contains("pairs") && sessions == PairsSessions;
        if (!latency && !pairs) return;

        Pairs.SayHello(crowd);
        foreach (var rate in latency ? options.Rates : [])
            figures.AtRate[rate] = Pairs.AtRate(crowd, rate, options.Periods.WarmUp, options.Periods.Measured);
        if (pairs) figures.PairsPerSecond = Pairs.HighestRate(crowd, options.Periods);
    }

    /// <summary>Everything once, so that code is compiled and pools are filled before memory is looked at.</summary>
    private static void WarmUp(Crowd crowd, ServerCost cost)
    {
        crowd.Each(crowd.Everybody, player => player.Open());
        crowd.Each(crowd.Everybody, player => player.Listen());
        FanOut.Play(crowd, window: 1, Periods.Quick, cost);
        Pairs.SayHello(crowd);
        crowd.CountLosses();
        crowd.Each(crowd.Everybody, player => player.Leave());
    }

    /// <summary>From nothing to a session: connection, upgrade if there is one, handshake.</summary>
    private double Handshakes(PeerServer server, EventLoop loop)
    {
        var count = 0;
        var time = TimeSpan.Zero;
        while (count < options.Periods.Handshakes)
        {
            var crowd = NewCrowd(server, loop, sessions);
            time += crowd.Each(crowd.Everybody, player => player.Open());
            count += crowd.Everybody.Length;
            crowd.Each(crowd.Everybody, player => player.Leave());
        }
        return count / time.TotalSeconds;
    }

    private Crowd NewCrowd(PeerServer server, EventLoop loop, int size) =>
        new(loop, server.Address, contestant, size, options.TextSize, faults);

    private static long Memory(PeerServer server, ServerCost cost)
    {
        server.CollectGarbage();
        cost.Start();
        return cost.Stop().Memory;
    }
}

/// <summary>What was measured of one server with one transport and so many sessions; null where it was not played.</summary>
internal sealed record Figures(Contestant Contestant, int Sessions)
{
    public double? HandshakesPerSecond { get; set; }
    public double? BytesPerSession { get; set; }
    public double? IdleCores { get; set; }
    public FanOutFigures? FanOut { get; set; }
    public double? PairsPerSecond { get; set; }

    /// <summary>By messages per second; null if the server could not keep up at all.</summary>
    public Dictionary<int, Latencies?> AtRate { get; } = [];
}
